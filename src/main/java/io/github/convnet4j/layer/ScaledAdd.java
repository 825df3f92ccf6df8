package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The first input plus a multiple of the second, value by value: a residual branch that is scaled
 * down. A dimension of size 1 is repeated. Source: Szegedy et al., "Inception-v4, Inception-ResNet
 * and the impact of residual connections on learning", 2017.
 *
 * @param scale factor of the second input
 * @param name empty to derive one from the kind
 */
public record ScaledAdd(double scale, String name) implements Merge {
  private static final String KIND = "scaled_add";

  /** Checks the factor and the name. */
  public ScaledAdd {
    Check.finite(KIND + ": scale", scale);
    Check.name(name, KIND);
  }

  /** Returns a copy with this name. */
  public ScaledAdd name(String newName) {
    return new ScaledAdd(scale, newName);
  }

  @Override
  public String kind() {
    return KIND;
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
    Ops tf = context.tf();
    return tf.math.add(inputs.get(0), tf.math.mul(inputs.get(1), tf.constant((float) scale)));
  }
}
