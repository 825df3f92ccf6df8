package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TFloat32;

/**
 * The largest value of each channel in the whole image: {@code [height, width, channels] ->
 * [channels]}. If a channel has several largest values, its gradient is divided equally among them,
 * as in Keras.
 *
 * @param keepDimensions whether the output is {@code [1, 1, channels]} instead
 */
public record GlobalMaxPool(boolean keepDimensions) implements Layer {
  /** Returns a copy whose output is an image of one pixel, {@code [1, 1, channels]}. */
  public GlobalMaxPool keepingDimensions() {
    return new GlobalMaxPool(true);
  }

  @Override
  public String kind() {
    return "global_max_pool";
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.image(input, kind());
    return keepDimensions ? Shape.of(1, 1, input.get(2)) : Shape.of(input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return context
        .tf()
        .reduceMax(input, context.tf().array(1, 2), ReduceMax.keepDims(keepDimensions));
  }
}
