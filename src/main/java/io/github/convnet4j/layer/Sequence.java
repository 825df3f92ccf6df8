package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Layers one after another, as one layer: a branch of {@link Concat}, the body of {@link Residual},
 * the whole of a network. Without layers it hands on its input.
 *
 * @param layers first to last
 * @param name empty to have one derived
 */
public record Sequence(List<Layer> layers, String name) implements Layer {
  /** Checks that no two layers have one name, and keeps a copy of the list. */
  public Sequence {
    layers = List.copyOf(layers);
    Check.name(name, "sequence");
    LayerNames.of(layers);
  }

  /** The same under this name. */
  public Sequence name(String newName) {
    return new Sequence(layers, newName);
  }

  /**
   * Infers the shapes from first to last.
   *
   * @param input shape of one example
   * @throws IllegalArgumentException if a layer cannot take what reaches it; the message names the
   *     layer's place and kind, the shape, and what would fit
   */
  public List<PlacedLayer> place(Shape input) {
    List<String> names = LayerNames.of(layers);
    List<PlacedLayer> placed = new ArrayList<>();
    Shape shape = input;
    for (int i = 0; i < layers.size(); i++) {
      try {
        placed.add(place(names.get(i), layers.get(i), shape));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "%s: %s reached it: %s"
                .formatted(LayerNames.describe(i, layers.get(i)), shape, e.getMessage()),
            e);
      }
      shape = placed.get(i).output();
    }
    return List.copyOf(placed);
  }

  private static PlacedLayer place(String name, Layer layer, Shape input) {
    Shape output = layer.outputShape(input);
    if (output.isUnknown() || output.hasUnknownDimension()) {
      throw new IllegalArgumentException("it gives the unknown shape " + output);
    }
    List<Parameter> parameters = layer.parameters(input);
    Set<String> seen = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!seen.add(parameter.name())) {
        throw new IllegalArgumentException("it has two parameters called " + parameter.name());
      }
    }
    return new PlacedLayer(name, layer, input, output, parameters);
  }

  @Override
  public String kind() {
    return "sequence";
  }

  @Override
  public Shape outputShape(Shape input) {
    List<PlacedLayer> placed = place(input);
    return placed.isEmpty() ? input : placed.get(placed.size() - 1).output();
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    List<Parameter> parameters = new ArrayList<>();
    for (PlacedLayer placed : place(input)) {
      placed.parameters().forEach(p -> parameters.add(p.within(placed.name())));
    }
    return parameters;
  }

  @Override
  public long multiplyAdds(Shape input) {
    return place(input).stream()
        .mapToLong(placed -> placed.layer().multiplyAdds(placed.input()))
        .reduce(0, Math::addExact);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Operand<TFloat32> value = input;
    for (PlacedLayer placed : Rewriting.ordered(context, place(context.inputShape()))) {
      value = context.apply(placed.name(), placed.layer(), placed.input(), value);
    }
    return value;
  }
}
