package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Branches side by side on the same input, joined along the last dimension: the channels of images,
 * which must agree in height and width, or the values of vectors. Each branch is a layer; {@link
 * Sequence} makes one of several, or of none to hand on the input. Szegedy and others, "Going
 * deeper with convolutions", 2015.
 *
 * @param branches at least two
 * @param name empty to have one derived
 */
public record Concat(List<Layer> branches, String name) implements Layer {
  /** Checks the branches, and keeps a copy of the list. */
  public Concat {
    branches = List.copyOf(branches);
    if (branches.size() < 2) {
      throw new IllegalArgumentException("concat: branches must be at least 2: " + branches.size());
    }
    Check.name(name, "concat");
    LayerNames.of(branches);
  }

  /** The same under this name. */
  public Concat name(String newName) {
    return new Concat(branches, newName);
  }

  /** Each branch as it stands on the input. */
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
            "its branches give "
                + outputs
                + ": they must agree in all but the last dimension;"
                + " use padding SAME and the same strides");
      }
      joined = Math.addExact(joined, output.get(last));
    }
    return first.take(last).append(joined);
  }

  @Override
  public Shape outputShape(Shape input) {
    return infer(input).output();
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return infer(input).parameters();
  }

  @Override
  public long multiplyAdds(Shape input) {
    return infer(input).multiplyAdds();
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
    // The last dimension; the batch has come in front. The gradient knows no negative axis.
    return tf.concat(outputs, tf.constant(joined(placed).numDimensions()));
  }
}
