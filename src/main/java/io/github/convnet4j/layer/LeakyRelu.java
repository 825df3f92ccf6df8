package io.github.convnet4j.layer;

import io.github.convnet4j.check.Require;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The leaky rectifier: x if positive, otherwise {@code alpha * x}. Takes any shape and keeps it.
 *
 * @param alpha the slope for negative values, at least 0
 */
public record LeakyRelu(float alpha) implements Layer {
  /** Checks the settings. */
  public LeakyRelu {
    Require.notNegative("leaky_relu: alpha", alpha);
  }

  @Override
  public String kind() {
    return "leaky_relu";
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return context.tf().nn.leakyRelu(input, org.tensorflow.op.nn.LeakyRelu.alpha(alpha));
  }
}
