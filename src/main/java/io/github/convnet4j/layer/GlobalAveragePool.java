package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * The mean of each channel over the whole image: {@code [height, width, channels] -> [channels]}.
 *
 * @param keepDimensions whether the output is {@code [1, 1, channels]} instead
 */
public record GlobalAveragePool(boolean keepDimensions) implements Layer {
  /** Returns a copy whose output is an image of one pixel, {@code [1, 1, channels]}. */
  public GlobalAveragePool keepingDimensions() {
    return new GlobalAveragePool(true);
  }

  @Override
  public String kind() {
    return "global_average_pool";
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.image(input, kind());
    return keepDimensions ? Shape.of(1, 1, input.get(2)) : Shape.of(input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return context.tf().math.mean(input, context.tf().array(1, 2), Mean.keepDims(keepDimensions));
  }
}
