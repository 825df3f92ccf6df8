package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Dropout of whole channels: in training, sets each channel of each image to zero with probability
 * {@code rate} and divides the others by {@code 1 - rate}, which keeps the expected value. In
 * inference it does nothing. Takes {@code [height, width, channels]} and keeps the shape. The mask
 * depends only on the seed and the training step, as that of {@link Dropout} does.
 *
 * <p>Source: Tompson et al., "Efficient object localization using convolutional networks", 2015.
 *
 * @param rate share of the channels that are set to zero, from 0 to below 1
 */
public record SpatialDropout(double rate) implements Layer {
  /** Checks the settings. */
  public SpatialDropout {
    Check.fraction("spatial_dropout: rate, the share set to zero,", rate);
  }

  @Override
  public String kind() {
    return "spatial_dropout";
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.image(input, kind());
    return input;
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    if (context.mode() == Mode.INFERENCE || rate == 0) {
      return input;
    }
    Ops tf = context.tf();
    float dropped = (float) rate;
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(
            tf.stack(
                List.of(
                    tf.stridedSlice(tf.shape(input), Indices.at(0)),
                    tf.constant(1),
                    tf.constant(1),
                    tf.constant(Math.toIntExact(context.inputShape().get(2))))),
            context.statelessSeed());
    Operand<TFloat32> mask =
        tf.math.mul(
            tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant(dropped)), TFloat32.class),
            tf.constant(1 / (1 - dropped)));
    // Otherwise TensorFlow would look for gradients of the operations that draw the mask.
    return tf.math.mul(input, tf.stopGradient(mask));
  }
}
