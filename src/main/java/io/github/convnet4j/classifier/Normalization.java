package io.github.convnet4j.classifier;

import io.github.convnet4j.data.DataSet;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done to pixels from 0 to 1 before the network sees them, in training and ever after:
 * nothing, or for each channel {@code (pixel - mean) / standardDeviation}. It is part of the graph,
 * of what is saved and of what is exported.
 *
 * @param mean of each channel, of pixels from 0 to 1; empty for pixels as they are
 * @param standardDeviation of each channel, above 0; as many as means
 */
public record Normalization(List<Float> mean, List<Float> standardDeviation) {
  public Normalization {
    mean = List.copyOf(mean);
    standardDeviation = List.copyOf(standardDeviation);
    if (mean.size() != standardDeviation.size()) {
      throw new IllegalArgumentException(
          "mean and standardDeviation must be as many: %s and %s"
              .formatted(mean, standardDeviation));
    }
    for (float value : mean) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("mean must be finite: " + mean);
      }
    }
    for (float value : standardDeviation) {
      if (!(value > 0 && value <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "standardDeviation must be finite and above 0: " + standardDeviation);
      }
    }
  }

  /** Pixels from 0 to 1, as they are. */
  public static Normalization unit() {
    return new Normalization(List.of(), List.of());
  }

  /** With one mean and standard deviation, for grey images. */
  public static Normalization of(float mean, float standardDeviation) {
    return new Normalization(List.of(mean), List.of(standardDeviation));
  }

  /**
   * With the means and standard deviations of the images' channels, of the images one trains on,
   * that is.
   *
   * @throws IllegalArgumentException if all pixels of a channel are alike
   */
  public static Normalization of(DataSet images) {
    int channels = images.channels();
    double[] sum = new double[channels];
    double[] squares = new double[channels];
    for (int i = 0; i < images.size(); i++) {
      float[] pixels = images.imageFloats(i);
      for (int p = 0; p < pixels.length; p++) {
        sum[p % channels] += pixels[p];
        squares[p % channels] += (double) pixels[p] * pixels[p];
      }
    }
    double n = (double) images.size() * images.height() * images.width();
    List<Float> means = new ArrayList<>();
    List<Float> deviations = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      double mean = sum[c] / n;
      means.add((float) mean);
      deviations.add((float) Math.sqrt(Math.max(0, squares[c] / n - mean * mean)));
    }
    return new Normalization(means, deviations);
  }

  boolean isUnit() {
    return mean.isEmpty();
  }
}
