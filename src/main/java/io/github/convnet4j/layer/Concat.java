package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Parallel branches with the same input, whose outputs are concatenated along the last dimension:
 * the channels of images, which must have the same height and width, or the values of vectors. Each
 * branch is one layer; use a {@link Sequence} for several layers, or for none, which passes the
 * input through. Source: Szegedy et al., "Going deeper with convolutions", 2015.
 *
 * @param branches at least two
 * @param name empty to derive one from the kind
 */
public record Concat(List<Layer> branches, String name) implements CompositeLayer {
  /** Checks the branches, and keeps a copy of the list. */
  public Concat {
    branches = List.copyOf(branches);
    if (branches.size() < 2) {
      throw new IllegalArgumentException(
          "concat: branches must be at least two layers: " + branches.size());
    }
    Check.name(name, "concat");
    LayerNames.of(branches);
  }

  /** Returns a copy with this name. */
  public Concat name(String newName) {
    return new Concat(branches, newName);
  }

  /** Infers the shapes of each branch. */
  private List<PlacedLayer> place(Shape input) {
    List<String> names = LayerNames.of(branches);
    List<PlacedLayer> placed = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      Layer branch = branches.get(i);
      try {
        placed.add(PlacedLayer.of(names.get(i), branch, input));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "branch %d, %s: %s".formatted(i + 1, branch.kind(), e.getMessage()), e);
      }
    }
    return placed;
  }

  @Override
  public String kind() {
    return "concat";
  }

  private static Shape joined(List<PlacedLayer> placed) {
    List<Shape> outputs = placed.stream().map(PlacedLayer::output).toList();
    Shape first = outputs.get(0);
    int last = first.numDimensions() - 1;
    long joined = 0;
    for (Shape output : outputs) {
      if (output.numDimensions() != last + 1 || !output.take(last).equals(first.take(last))) {
        throw new IllegalArgumentException(
            "the outputs of its branches must agree in all but the last dimension (use padding SAME"
                + " and the same strides): "
                + outputs);
      }
      joined = Math.addExact(joined, output.get(last));
    }
    return first.take(last).append(joined);
  }

  @Override
  public Inferred infer(Shape input) {
    List<PlacedLayer> placed = place(input);
    return new Inferred(
        joined(placed),
        placed.stream().flatMap(PlacedLayer::parametersWithin).toList(),
        placed.stream().mapToLong(PlacedLayer::multiplyAdds).reduce(0, Math::addExact));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Shape shape = context.inputShape();
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    List<PlacedLayer> placed = place(shape);
    for (PlacedLayer branch : placed) {
      outputs.add(context.apply(branch.name(), branch.layer(), shape, input));
    }
    // The index of the last dimension, with the batch in front: the gradient does not support a
    // negative axis.
    return tf.concat(outputs, tf.constant(joined(placed).numDimensions()));
  }
}
