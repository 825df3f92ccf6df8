package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells whether predictions are correct as often as their probabilities claim. Examples are sorted
 * by confidence, the probability of the most likely class, into bins of equal width from 0 to 1. A
 * bin includes its upper end; the first one also includes 0. In each bin, the mean confidence is
 * compared with the accuracy.
 *
 * <p>C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On calibration of modern neural networks", ICML
 * 2017 (arXiv:1706.04599), which uses 15 bins.
 *
 * @param binCount number of bins from 0 to 1, including empty ones
 * @param bins the bins that hold examples, in ascending order, as in a reliability diagram
 */
public record Calibration(int binCount, List<Bin> bins) {
  /**
   * Examples of similar confidence.
   *
   * @param low where the bin starts
   * @param high where it ends
   * @param count its number of examples, at least 1
   * @param confidence their mean confidence
   * @param accuracy the share of them that was correctly classified
   */
  public record Bin(double low, double high, long count, double confidence, double accuracy) {
    /** Returns the difference between confidence and accuracy, from 0 to 1. */
    public double gap() {
      return Math.abs(accuracy - confidence);
    }
  }

  /** Copies the list. */
  public Calibration {
    bins = List.copyOf(bins);
  }

  static Calibration of(LabelledPredictions predictions, int binCount) {
    if (binCount < 1) {
      throw new IllegalArgumentException("bins must be at least 1: " + binCount);
    }
    long[] counts = new long[binCount];
    long[] hits = new long[binCount];
    double[] confidences = new double[binCount];
    for (int i = 0; i < predictions.size(); i++) {
      int prediction = predictions.prediction(i);
      double confidence = predictions.probability(i, prediction);
      int bin = bin(confidence, binCount);
      counts[bin]++;
      hits[bin] += prediction == predictions.label(i) ? 1 : 0;
      confidences[bin] += confidence;
    }
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < binCount; b++) {
      if (counts[b] > 0) {
        double n = counts[b];
        bins.add(
            new Bin(
                edge(b, binCount),
                edge(b + 1, binCount),
                counts[b],
                confidences[b] / n,
                hits[b] / n));
      }
    }
    return new Calibration(binCount, bins);
  }

  private static int bin(double confidence, int binCount) {
    int bin = 0;
    while (bin < binCount - 1 && confidence > edge(bin + 1, binCount)) {
      bin++;
    }
    return bin;
  }

  private static double edge(int bin, int binCount) {
    return (double) bin / binCount;
  }

  /**
   * Returns the expected calibration error: the mean gap over the examples, from 0 (calibrated) to
   * 1.
   */
  public double expectedError() {
    double[] gaps = bins.stream().mapToDouble(bin -> bin.count() * bin.gap()).toArray();
    return PairwiseSum.of(gaps) / bins.stream().mapToLong(Bin::count).sum();
  }

  /** Returns the maximum calibration error: the largest gap of a bin, from 0 to 1. */
  public double maximumError() {
    return bins.stream().mapToDouble(Bin::gap).max().orElse(0);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "expected calibration error %.4f (%d bins)", expectedError(), binCount);
  }
}
