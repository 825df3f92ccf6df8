package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The mean of the inputs, value by value. A dimension of size 1 is repeated.
 *
 * @param name empty to derive one from the kind
 */
public record Average(String name) implements Merge {
  /** Checks the name. */
  public Average {
    Check.name(name, "average");
  }

  /** Returns a copy with this name. */
  public Average name(String newName) {
    return new Average(newName);
  }

  @Override
  public String kind() {
    return "average";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Broadcast.shape(inputs);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, List<Operand<TFloat32>> inputs) {
    Operand<TFloat32> sum = Broadcast.fold(inputs, context.tf().math::add);
    return context.tf().math.div(sum, context.tf().constant((float) inputs.size()));
  }
}
