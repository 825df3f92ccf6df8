package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The sum of the inputs, value by value. A dimension of size 1 is repeated: {@code [8, 8, 3]} and
 * {@code [1, 1, 3]} give {@code [8, 8, 3]}.
 *
 * @param name empty to derive one from the kind
 */
public record Add(String name) implements Merge {
  /** Checks the name. */
  public Add {
    Check.name(name, "add");
  }

  /** Returns a copy with this name. */
  public Add name(String newName) {
    return new Add(newName);
  }

  @Override
  public String kind() {
    return "add";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Broadcast.shape(inputs);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, List<Operand<TFloat32>> inputs) {
    return Broadcast.fold(inputs, context.tf().math::add);
  }
}
