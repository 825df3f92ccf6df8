package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.dropout;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkRun;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** Dropout with few random bits drops values independently and with the given rate. */
class DropoutBitsTest {
  private static final int VALUES = 4_099; // not a multiple of the bytes in a word
  private static final int STEPS = 400;

  private static NetworkRun run(float rate) {
    Network network = Network.of(Shape.of(VALUES), dropout(rate));
    return new NetworkRun(network, 1, Mode.TRAINING, Set.of(Rewrite.DROPOUT_BY_BYTES));
  }

  private static float[] ones() {
    float[] ones = new float[VALUES];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * The share dropped over all steps deviates from the rate for two reasons: the draws are random,
   * and so is each step's threshold, one of two that are 1 / levels apart, with a standard
   * deviation of at most half of that. The tolerance is five times the sum of both standard
   * deviations.
   */
  @ParameterizedTest
  @ValueSource(floats = {0.3f, 0.5f, 0.0625f, 0.9f, 0.01f, 0.0001f, 0.999f, 0.99999f})
  void dropsTheGivenShare(float rate) {
    int levels = DropoutBits.of(rate) == DropoutBits.EIGHT ? 256 : 65_536;
    long dropped = 0;
    try (NetworkRun run = run(rate)) {
      for (int step = 0; step < STEPS; step++) {
        for (float value : run.step(step).forward(ones())) {
          assertTrue(
              value == 0 || value == 1 / (1 - rate), () -> "neither dropped nor kept: " + value);
          dropped += value == 0 ? 1 : 0;
        }
      }
    }
    double ofDraws = Math.sqrt(rate * (1.0 - rate) / ((double) VALUES * STEPS));
    double ofThresholds = 0.5 / levels / Math.sqrt(STEPS);
    assertEquals(
        rate, dropped / ((double) VALUES * STEPS), 5 * (ofDraws + ofThresholds), "rate " + rate);
  }

  /** 0.3 * 256 = 76.8, so four of five steps have the threshold 77 and the others 76. */
  @Test
  void drawsAThresholdForEachStep() {
    int[] dropped = new int[STEPS];
    try (NetworkRun run = run(0.3f)) {
      for (int step = 0; step < STEPS; step++) {
        for (float value : run.step(step).forward(ones())) {
          dropped[step] += value == 0 ? 1 : 0;
        }
      }
    }
    double mean = Arrays.stream(dropped).average().orElseThrow();
    double variance =
        Arrays.stream(dropped).mapToDouble(d -> (d - mean) * (d - mean)).average().orElseThrow();
    // The variance of independent draws is n p (1 - p) = 861; that of the thresholds is (n / 256)^2
    // 0.8 0.2 = 41.
    // The variance estimated from 400 draws has a standard deviation of sqrt(2 / 400), 7 percent.
    assertEquals(861 + 41, variance, 4 * 0.07 * 902);
  }

  /** Neighbors share a random word; both must be dropped no more often than independent values. */
  @ParameterizedTest
  @ValueSource(floats = {0.5f, 0.01f})
  void dropsNeighborsIndependently(float rate) {
    long[] both = new long[5];
    try (NetworkRun run = run(rate)) {
      for (int step = 0; step < STEPS; step++) {
        float[] values = run.step(step).forward(ones());
        for (int distance = 1; distance < both.length; distance++) {
          for (int i = 0; i + distance < values.length; i++) {
            both[distance] += values[i] == 0 && values[i + distance] == 0 ? 1 : 0;
          }
        }
      }
    }
    double expected = (double) rate * rate;
    for (int distance = 1; distance < both.length; distance++) {
      double pairs = (double) (VALUES - distance) * STEPS;
      // The pairs overlap, so the variance is up to three times that of independent ones.
      double deviation = Math.sqrt(3 * expected / pairs);
      assertEquals(expected, both[distance] / pairs, 5 * deviation, "distance " + distance);
    }
  }

  @Test
  void theGradientUsesTheSameMask() {
    float[] input = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      input[i] = i - 2_000.5f;
    }
    try (NetworkRun run = run(0.3f)) {
      float[] output = run.step(7).forward(input);
      float[] gradient = run.gradients(input).get(0);
      float[] weights = NetworkRun.lossWeights(VALUES);
      float scale = 1 / (1 - 0.3f);
      float[] expectedOutput = new float[VALUES];
      float[] expectedGradient = new float[VALUES];
      int kept = 0;
      for (int i = 0; i < VALUES; i++) {
        if (gradient[i] != 0) {
          kept++;
          expectedOutput[i] = input[i] * scale;
          expectedGradient[i] = weights[i] * scale;
        } else {
          expectedOutput[i] = input[i] * 0; // 0, or -0
          expectedGradient[i] = weights[i] * 0;
        }
      }
      assertEquals(0.7, kept / (double) VALUES, 0.04);
      assertArrayEquals(expectedOutput, output);
      assertArrayEquals(expectedGradient, gradient);
    }
  }

  @Test
  void ratesNearZeroOrOneUseMoreLevels() {
    List<DropoutBits> eight = List.of(DropoutBits.of(0.0625f), DropoutBits.of(0.9375f));
    assertEquals(List.of(DropoutBits.EIGHT, DropoutBits.EIGHT), eight);
    assertEquals(DropoutBits.SIXTEEN, DropoutBits.of(0.06f));
    assertEquals(DropoutBits.SIXTEEN, DropoutBits.of(0.94f));
    assertTrue(DropoutBits.supports(0.9999f));
  }
}
