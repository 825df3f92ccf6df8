package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The largest of the inputs, value by value. A dimension of size 1 is repeated.
 *
 * @param name empty to derive one from the kind
 */
public record Maximum(String name) implements Merge {
  /** Checks the name. */
  public Maximum {
    Check.name(name, "maximum");
  }

  /** Returns a copy with this name. */
  public Maximum name(String newName) {
    return new Maximum(newName);
  }

  @Override
  public String kind() {
    return "maximum";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Broadcast.shape(inputs);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, List<Operand<TFloat32>> inputs) {
    return Broadcast.fold(inputs, context.tf().math::maximum);
  }
}
