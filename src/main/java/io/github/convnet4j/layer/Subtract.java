package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The first input minus the second, value by value. A dimension of size 1 is repeated.
 *
 * @param name empty to derive one from the kind
 */
public record Subtract(String name) implements Merge {
  /** Checks the name. */
  public Subtract {
    Check.name(name, "subtract");
  }

  /** Returns a copy with this name. */
  public Subtract name(String newName) {
    return new Subtract(newName);
  }

  @Override
  public String kind() {
    return "subtract";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new IllegalArgumentException("it must have two inputs: " + inputs.size());
    }
    return Broadcast.shape(inputs);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, List<Operand<TFloat32>> inputs) {
    return context.tf().math.sub(inputs.get(0), inputs.get(1));
  }
}
