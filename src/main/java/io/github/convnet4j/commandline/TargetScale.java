package io.github.convnet4j.commandline;

import io.github.convnet4j.data.Source;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The scale of a number that is to be predicted.
 *
 * @param mean over all examples
 * @param deviation the standard deviation; 1 if the number is always the same, or nearly
 */
record TargetScale(double mean, double deviation) {
  /** Few digits, since the network corrects what is missing, and its JSON is easier to read. */
  private static final MathContext DIGITS = new MathContext(3);

  /** A smaller deviation, relative to the mean, may be a rounding error. */
  private static final double LEAST = 1e-6;

  /** Returns the scale of each number. */
  static List<TargetScale> of(Source examples) {
    int n = Math.toIntExact(examples.targetShapes().get(0).size());
    double[] sums = new double[n];
    EachTarget.of(
        examples,
        target -> {
          for (int i = 0; i < n; i++) {
            sums[i] += target[i];
          }
        });
    double[] squares = new double[n];
    EachTarget.of(
        examples,
        target -> {
          for (int i = 0; i < n; i++) {
            double distance = target[i] - sums[i] / examples.size();
            squares[i] += distance * distance;
          }
        });
    List<TargetScale> scales = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double mean = rounded(sums[i] / examples.size());
      double deviation = rounded(Math.sqrt(squares[i] / examples.size()));
      scales.add(new TargetScale(mean, deviation > LEAST * Math.abs(mean) ? deviation : 1));
    }
    return scales;
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }
}
