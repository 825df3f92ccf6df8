package io.github.convnet4j.inspect;

import static java.util.Objects.requireNonNull;

import org.tensorflow.ndarray.Shape;

/**
 * The output of a layer for one image. Immutable.
 *
 * <p>The output of a convolution consists of feature maps; {@link #map} returns one of them.
 */
public final class LayerOutput {
  private final String layer;
  private final String kind;
  private final Shape shape;
  private final float[] values;

  LayerOutput(String layer, String kind, Shape shape, float[] values) {
    this.layer = requireNonNull(layer, "layer");
    this.kind = requireNonNull(kind, "kind");
    this.shape = requireNonNull(shape, "shape");
    this.values = values;
  }

  /** The layer's name, such as {@code "residual/conv2d"} for a layer within another. */
  public String layer() {
    return layer;
  }

  /** The kind of layer, such as {@code "conv2d"}. */
  public String kind() {
    return kind;
  }

  /** The shape, without the batch: {@code [height, width, channels]} or {@code [n]}. */
  public Shape shape() {
    return shape;
  }

  /** Returns a copy of the values, row by row. */
  public float[] values() {
    return values.clone();
  }

  /** Returns whether the shape is {@code [height, width, channels]}. */
  public boolean hasMaps() {
    return shape.numDimensions() == 3;
  }

  /**
   * Returns one channel.
   *
   * @param channel from 0
   * @return {@code [height, width]} row by row
   * @throws IllegalStateException if the output has no maps
   * @throws IndexOutOfBoundsException if there is no such channel
   */
  public float[] map(int channel) {
    if (!hasMaps()) {
      throw new IllegalStateException(
          "the output of %s, %s, has no maps: use values()".formatted(layer, shape));
    }
    int channels = (int) shape.get(2);
    if (channel < 0 || channel >= channels) {
      throw new IndexOutOfBoundsException(
          "channel must be from 0 to %d: %d".formatted(channels - 1, channel));
    }
    float[] map = new float[values.length / channels];
    for (int i = 0; i < map.length; i++) {
      map[i] = values[i * channels + channel];
    }
    return map;
  }

  @Override
  public String toString() {
    return layer + " " + shape;
  }
}
