package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The mean of each channel over the whole image: {@code [height, width, channels] -> [channels]}.
 */
public record GlobalAveragePool() implements Layer {
  @Override
  public String kind() {
    return "global_average_pool";
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.image(input, kind());
    return Shape.of(input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return context.tf().math.mean(input, context.tf().array(1, 2));
  }
}
