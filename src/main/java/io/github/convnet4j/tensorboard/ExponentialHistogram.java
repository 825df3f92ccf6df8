package io.github.convnet4j.tensorboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.tensorflow.proto.HistogramProto;

/**
 * A histogram with TensorFlow's buckets. Their limits are 0 and, for both signs, numbers from 1e-12
 * to 1e20, each 1.1 times the one before it. A bucket holds numbers less than its limit, but not
 * less than the limit before.
 */
final class ExponentialHistogram {
  private static final double SMALLEST = 1e-12;
  private static final double LARGEST = 1e20;
  private static final double GROWTH = 1.1;

  private static final double[] LIMITS = limits();

  private ExponentialHistogram() {}

  private static double[] limits() {
    double[] positive =
        DoubleStream.concat(
                DoubleStream.iterate(SMALLEST, limit -> limit < LARGEST, limit -> limit * GROWTH),
                DoubleStream.of(Double.MAX_VALUE))
            .toArray();
    int n = positive.length;
    double[] limits = new double[2 * n + 1]; // 0 is in the middle.
    for (int i = 0; i < n; i++) {
      limits[n - 1 - i] = -positive[i];
      limits[n + 1 + i] = positive[i];
    }
    return limits;
  }

  /** Returns the histogram of finite numbers, at least one. */
  static HistogramProto of(float[] values) {
    double[] counts = new double[LIMITS.length];
    HistogramProto.Builder histogram = HistogramProto.newBuilder();
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      counts[bucket(value)]++;
      min = value < min ? value : min; // Math.min would distinguish -0 from 0, unlike TensorFlow.
      max = value > max ? value : max;
      sum += value;
      squares += value * value;
    }
    addBuckets(histogram, counts);
    return histogram
        .setMin(min)
        .setMax(max)
        .setNum(values.length)
        .setSum(sum)
        .setSumSquares(squares)
        .build();
  }

  /** Returns the index of the first limit above the value. */
  private static int bucket(double value) {
    // The addition turns -0, which would sort before 0, into 0.
    int found = Arrays.binarySearch(LIMITS, value + 0.0);
    return found < 0 ? -found - 1 : found + 1;
  }

  /** Adds the buckets. Consecutive empty ones are merged. */
  private static void addBuckets(HistogramProto.Builder histogram, double[] counts) {
    List<Double> limits = new ArrayList<>();
    List<Double> kept = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      boolean joins = counts[i] == 0 && i + 1 < counts.length && counts[i + 1] == 0;
      if (!joins) {
        limits.add(LIMITS[i]);
        kept.add(counts[i]);
      }
    }
    histogram.addAllBucketLimit(limits).addAllBucket(kept);
  }
}
