package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Exponential linear unit: x if positive, otherwise {@code exp(x) - 1}. Takes any shape and keeps
 * it. Source: Clevert et al., 2015.
 */
public record Elu() implements Layer {
  @Override
  public String kind() {
    return "elu";
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return context.tf().nn.elu(input);
  }
}
