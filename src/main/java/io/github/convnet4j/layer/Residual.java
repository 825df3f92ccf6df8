package io.github.convnet4j.layer;

import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * Layers with a shortcut around them: {@code layers(x) + x}. If the layers change the shape, the
 * shortcut is a projection, {@code layers(x) + projection(x)}: for images a 1x1 convolution without
 * bias, with the stride that gives the layers' height and width; for vectors a dense layer without
 * bias. Source: He et al., "Deep residual learning for image recognition", 2016 (option B).
 *
 * <p>There is no activation after the sum: add one if you want it. No inner layer may have the name
 * {@code projection}.
 *
 * @param layers the body, at least one
 * @param name empty to derive one from the kind
 */
public record Residual(List<Layer> layers, String name) implements CompositeLayer {
  private static final String PROJECTION = "projection";

  /** Checks the layers, and keeps a copy of the list. */
  public Residual {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("residual: layers must be at least one layer: 0");
    }
    Check.name(name, "residual");
    if (LayerNames.of(layers).contains(PROJECTION)) {
      throw new IllegalArgumentException(
          "residual: name must not be projection, which is the shortcut: give the inner layer"
              + " another name");
    }
  }

  /** Returns a copy with this name. */
  public Residual name(String newName) {
    return new Residual(layers, newName);
  }

  /** Returns the layer on the shortcut; none if the body keeps the shape. */
  private static Optional<Layer> projection(Shape input, Shape output) {
    if (input.equals(output)) {
      return Optional.empty();
    }
    if (input.numDimensions() == 1 && output.numDimensions() == 1) {
      return Optional.of(Dense.of(Math.toIntExact(output.get(0))).withoutBias().name(PROJECTION));
    }
    if (input.numDimensions() != 3 || output.numDimensions() != 3) {
      throw new IllegalArgumentException(
          "its layers must keep the number of dimensions (flatten after the residual layer): "
              + output);
    }
    Conv2d projection =
        Conv2d.of(Math.toIntExact(output.get(2)), 1, 1).withoutBias().name(PROJECTION);
    return Optional.of(
        projection.stride(stride(input, output, 0, "height"), stride(input, output, 1, "width")));
  }

  /** Returns the smallest stride with which a SAME convolution has the output's size. */
  private static int stride(Shape input, Shape output, int dimension, String what) {
    long in = input.get(dimension);
    long out = output.get(dimension);
    long stride = (in + out - 1) / out;
    if (out > in || (in + stride - 1) / stride != out) {
      throw new IllegalArgumentException(
          "its layers return %s, but no stride of the shortcut gives a %s of %d for %d: use padding SAME inside"
              .formatted(output, what, out, in));
    }
    return Math.toIntExact(stride);
  }

  @Override
  public String kind() {
    return "residual";
  }

  @Override
  public Node expand(Node input) {
    Node body = input.then(layers);
    Node shortcut =
        projection(input.shape(), body.shape()).map(layer -> input.then(layer)).orElse(input);
    return Nodes.add(body, shortcut);
  }
}
