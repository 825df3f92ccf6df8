package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The product of the inputs, value by value. A dimension of size 1 is repeated: {@code [8, 8, 3]}
 * and {@code [1, 1, 3]} give {@code [8, 8, 3]}.
 *
 * @param name empty to derive one from the kind
 */
public record Multiply(String name) implements Merge {
  /** Checks the name. */
  public Multiply {
    Check.name(name, "multiply");
  }

  /** Returns a copy with this name. */
  public Multiply name(String newName) {
    return new Multiply(newName);
  }

  @Override
  public String kind() {
    return "multiply";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Broadcast.shape(inputs);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, List<Operand<TFloat32>> inputs) {
    return Broadcast.fold(inputs, context.tf().math::mul);
  }
}
