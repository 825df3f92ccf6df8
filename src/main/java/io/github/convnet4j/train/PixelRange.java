package io.github.convnet4j.train;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * The range of the values of the images that a model was trained on. Images on another scale, such
 * as 0 to 255 instead of 0 to 1, would be predicted wrongly without notice.
 *
 * @param low the smallest value; infinite if there were no images
 * @param high the largest value; negative infinite if there were no images
 */
record PixelRange(float low, float high) {
  /** Of no images. */
  static final PixelRange NONE = new PixelRange(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);

  /** Of bytes, which are scaled to values from 0 to 1. */
  private static final PixelRange OF_BYTES = new PixelRange(0, 1);

  /** Larger factors are no longer a matter of brightness or noise. */
  private static final float OTHER_SCALE = 10;

  /** Returns the range with the given limits, or {@link #NONE} if there are none. */
  static PixelRange of(List<Double> limits) {
    if (limits.isEmpty()) {
      return NONE;
    }
    if (limits.size() != 2 || !(limits.get(0) <= limits.get(1))) {
      throw new IllegalArgumentException(
          "pixels must be the smallest and the largest value, or empty: " + limits);
    }
    return new PixelRange(limits.get(0).floatValue(), limits.get(1).floatValue());
  }

  /** Returns the two limits with the digits of their floats; empty if there were no images. */
  List<Double> limits() {
    return low > high ? List.of() : List.of(digits(low), digits(high));
  }

  private static double digits(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  /**
   * Returns the range of these images and a batch's.
   *
   * @param inputs for each input of the network its values, {@code [batch, …]}
   * @param shapes the shapes of the inputs, without the batch
   */
  PixelRange with(List<float[]> inputs, List<Shape> shapes) {
    float least = low;
    float most = high;
    for (int i = 0; i < shapes.size(); i++) {
      if (Normalization.isImage(shapes.get(i))) {
        for (float value : inputs.get(i)) {
          least = value < least ? value : least;
          most = value > most ? value : most;
        }
      }
    }
    return new PixelRange(least, most);
  }

  /** Returns the range of these images and of others that are stored as bytes. */
  PixelRange withBytes() {
    return new PixelRange(Math.min(low, OF_BYTES.low), Math.max(high, OF_BYTES.high));
  }

  /** Whether there are values that pixels from 0 to 1 are far from, such as those up to 255. */
  boolean exceedsUnit() {
    return low <= high && Math.max(-low, high) > OTHER_SCALE;
  }

  /**
   * Checks the values of an image.
   *
   * @throws IllegalArgumentException if they are on another scale than those of the training
   */
  void check(float[] image) {
    if (low > high) {
      return;
    }
    float most = Math.max(1, Math.max(-low, high)) * OTHER_SCALE;
    for (float value : image) {
      if (Math.abs(value) > most) {
        throw new IllegalArgumentException(
            "input must be on the scale of the images that the model was trained on, from %s to %s: it has the value %s"
                    .formatted(low, high, value)
                + (exceedsUnit() ? "" : " (divide pixels from 0 to 255 by 255)"));
      }
    }
  }

  /**
   * Checks that the model was trained on pixels from 0 to 1, to which bytes are converted.
   *
   * @throws IllegalArgumentException if it was trained on another scale
   */
  void checkBytes() {
    if (exceedsUnit()) {
      throw new IllegalArgumentException(
          "image must be floats, since the model was trained on values from %s to %s and bytes are converted to values from 0 to 1"
              .formatted(low, high));
    }
  }
}
