package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Computes {@code x * scale + offset} with fixed numbers, which differ from channel to channel (the
 * last dimension): for example the normalization of pictures by the mean and the standard deviation
 * of each color. Takes any shape and keeps it.
 *
 * @param scale the factor of each channel
 * @param offset added to each product; as many as factors
 */
public record ChannelRescaling(List<Double> scale, List<Double> offset) implements Layer {
  private static final String KIND = "channel_rescaling";

  /** Checks the numbers, and keeps copies of the lists. */
  public ChannelRescaling {
    scale = List.copyOf(scale);
    offset = List.copyOf(offset);
    if (scale.isEmpty() || scale.size() != offset.size()) {
      throw new IllegalArgumentException(
          "%s: scale and offset must have one number for each channel: %d and %d"
              .formatted(KIND, scale.size(), offset.size()));
    }
    scale.forEach(value -> Check.finite(KIND + ": scale", value));
    offset.forEach(value -> Check.finite(KIND + ": offset", value));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Shape outputShape(Shape input) {
    long channels = input.get(input.numDimensions() - 1);
    if (channels != scale.size()) {
      throw new IllegalArgumentException(
          "its scale must have one number for each of the %d channels: %d"
              .formatted(channels, scale.size()));
    }
    return input;
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Operand<TFloat32> scaled = tf.math.mul(input, tf.constant(floats(scale)));
    return tf.math.add(scaled, tf.constant(floats(offset)));
  }

  private static float[] floats(List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }
}
