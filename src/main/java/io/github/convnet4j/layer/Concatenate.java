package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The inputs one after the other along the last dimension: the channels of images, which must have
 * the same height and width, or the values of vectors.
 *
 * @param name empty to derive one from the kind
 */
public record Concatenate(String name) implements Merge {
  /** Checks the name. */
  public Concatenate {
    Check.name(name, "concat");
  }

  /** Returns a copy with this name. */
  public Concatenate name(String newName) {
    return new Concatenate(newName);
  }

  @Override
  public String kind() {
    return "concat";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Broadcast.requireSeveral(inputs);
    Shape first = inputs.get(0);
    int last = first.numDimensions() - 1;
    long joined = 0;
    for (Shape input : inputs) {
      if (input.numDimensions() != last + 1 || !input.take(last).equals(first.take(last))) {
        throw new IllegalArgumentException(
            "they must agree in all but the last dimension (use padding SAME and the same"
                + " strides)");
      }
      joined = Math.addExact(joined, input.get(last));
    }
    return first.take(last).append(joined);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, List<Operand<TFloat32>> inputs) {
    // The index of the last dimension, with the batch in front: the gradient does not support a
    // negative axis.
    int last = context.inputShapes().get(0).numDimensions();
    return context.tf().concat(inputs, context.tf().constant(last));
  }
}
