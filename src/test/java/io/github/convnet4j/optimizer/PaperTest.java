package io.github.convnet4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;

/**
 * Compares Adam and its variants, and those of TensorFlow Java's framework, with the formulas of
 * the papers, evaluated in double precision.
 *
 * <p>In single precision the power of beta2 has a rounding error of up to 2^-25. At the second step
 * this is 1.5e-5 of the remaining 1 - 0.998 = 0.002; after the root, for a step of 0.1, it is
 * 0.8e-6, and less at the third step. The other rounding errors are a hundred times smaller.
 */
class PaperTest {
  private static final double TOLERANCE = 1e-6;
  private static final double[] GRADIENTS = {3, -1, 0.5};

  @Test
  void adamMatchesKingmaAndBa() {
    double[] expected = new double[3];
    double m = 0;
    double v = 0;
    double w = 1;
    for (int t = 1; t <= 3; t++) {
      double g = GRADIENTS[t - 1];
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double mHat = m / (1 - Math.pow(0.9, t));
      double vHat = v / (1 - Math.pow(0.999, t));
      w -= 0.1 * mHat / Math.sqrt(vHat);
      expected[t - 1] = w;
    }
    assertArrayEquals(expected, Slope.descend(Optimizers.adam(0.1), GRADIENTS), TOLERANCE);
    assertFrameworkMisses(expected, PaperTest::frameworkAdam);
  }

  /**
   * Adam's first step equals the learning rate. In the framework the updates race with the powers:
   * usually both powers are one step ahead, which gives 0.744, and sometimes only one of them.
   */
  @Test
  void theFrameworksFirstAdamStepDependsOnARace() {
    double both = Math.sqrt(1 - 0.999 * 0.999) / (1 - 0.9 * 0.9) / (Math.sqrt(0.001) / 0.1);
    double beta1Alone = 0.1 / (1 - 0.9 * 0.9);
    double beta2Alone = Math.sqrt((1 - 0.999 * 0.999) / 0.001);
    assertEquals(0.744, both, 0.0005);
    assertEquals(0.526, beta1Alone, 0.0005);
    assertEquals(1.414, beta2Alone, 0.0005);

    assertEquals(0.1, 1 - Slope.descend(Optimizers.adam(0.1), 3)[0], TOLERANCE);
    double theirs = (1 - Slope.descend(PaperTest::frameworkAdam, 3)[0]) / 0.1;
    double nearest =
        DoubleStream.of(1, both, beta1Alone, beta2Alone)
            .map(possible -> Math.abs(possible - theirs))
            .min()
            .orElseThrow();
    assertEquals(0, nearest, 1e-4, "the framework's first step: " + theirs);
  }

  @Test
  void adamWDecaysWeightsInAdditionToAdamsStep() {
    double[] expected = new double[3];
    double m = 0;
    double v = 0;
    double w = 1;
    for (int t = 1; t <= 3; t++) {
      double g = GRADIENTS[t - 1];
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double mHat = m / (1 - Math.pow(0.9, t));
      double vHat = v / (1 - Math.pow(0.999, t));
      w -= 0.1 * (mHat / Math.sqrt(vHat) + 0.2 * w);
      expected[t - 1] = w;
    }
    assertArrayEquals(expected, Slope.descend(Optimizers.adamW(0.1, 0.2), GRADIENTS), TOLERANCE);
  }

  @Test
  void adamWWithoutDecayEqualsAdamBitForBit() {
    assertArrayEquals(
        Slope.descend(Optimizers.adam(0.1), GRADIENTS),
        Slope.descend(Optimizers.adamW(0.1, 0), GRADIENTS));
  }

  @Test
  void adamaxMatchesKingmaAndBa() {
    double[] expected = new double[3];
    double m = 0;
    double u = 0;
    double w = 1;
    for (int t = 1; t <= 3; t++) {
      double g = GRADIENTS[t - 1];
      m = 0.9 * m + 0.1 * g;
      u = Math.max(0.999 * u, Math.abs(g));
      w -= 0.1 / (1 - Math.pow(0.9, t)) * m / u;
      expected[t - 1] = w;
    }
    assertArrayEquals(expected, Slope.descend(Optimizers.adamax(0.1), GRADIENTS), TOLERANCE);
    assertFrameworkMisses(expected, g -> new org.tensorflow.framework.optimizers.Adamax(g, 0.1f));
  }

  @Test
  void nadamMatchesDozat() {
    double[] expected = new double[3];
    double m = 0;
    double v = 0;
    double product = 1;
    double w = 1;
    for (int t = 1; t <= 3; t++) {
      double g = GRADIENTS[t - 1];
      double mu = 0.9 * (1 - 0.5 * Math.pow(0.96, t / 250.0));
      double nextMu = 0.9 * (1 - 0.5 * Math.pow(0.96, (t + 1) / 250.0));
      product *= mu;
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double mBar = (1 - mu) * g / (1 - product) + nextMu * m / (1 - product * nextMu);
      double vHat = v / (1 - Math.pow(0.999, t));
      w -= 0.1 * mBar / Math.sqrt(vHat);
      expected[t - 1] = w;
    }
    assertArrayEquals(expected, Slope.descend(Optimizers.nadam(0.1), GRADIENTS), TOLERANCE);
    assertFrameworkMisses(expected, g -> new org.tensorflow.framework.optimizers.Nadam(g, 0.1f));
  }

  private static org.tensorflow.framework.optimizers.Optimizer frameworkAdam(Graph graph) {
    return new org.tensorflow.framework.optimizers.Adam(graph, 0.1f);
  }

  /**
   * The framework's error comes from a race, so it may not show in the first of a hundred graphs.
   */
  private static void assertFrameworkMisses(
      double[] expected, Function<Graph, org.tensorflow.framework.optimizers.Optimizer> optimizer) {
    boolean missed = false;
    for (int attempt = 0; attempt < 100 && !missed; attempt++) {
      double[] theirs = Slope.descend(optimizer, GRADIENTS);
      for (int t = 0; t < 3; t++) {
        missed |= Math.abs(expected[t] - theirs[t]) > 1000 * TOLERANCE;
      }
    }
    assertTrue(missed, "the framework's optimizer is correct now: it can replace the project's");
  }
}
