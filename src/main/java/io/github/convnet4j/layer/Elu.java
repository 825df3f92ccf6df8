package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Exponential linear unit: x where positive, else {@code exp(x) - 1}. Clevert and others, 2015. Any
 * shape, unchanged.
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
