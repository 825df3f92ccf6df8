package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Compares batch normalization with its formula. */
class BatchNormTest {
  private static final Shape VECTOR = Shape.of(2);

  /** Two channels: 1, 2, 3, 6, whose mean is 3, and ten times these values. */
  private static final float[] BATCH = {1, 10, 2, 20, 3, 30, 6, 60};

  /** (4 + 1 + 0 + 9) / 4. */
  private static final double VARIANCE = 3.5;

  private static float normal(double value, double mean, double variance) {
    return (float) ((value - mean) / Math.sqrt(variance + 0.001));
  }

  @Test
  void normalizesWithTheBatchStatisticsInTraining() {
    try (NetworkRun run = NetworkRun.of(VECTOR, 4, Mode.TRAINING, batchNorm())) {
      run.set("batch_norm/gamma", 1, 2).set("batch_norm/beta", 0, 5);
      float[] expected = new float[8];
      for (int i = 0; i < 8; i += 2) {
        expected[i] = normal(BATCH[i], 3, VARIANCE);
        expected[i + 1] = 2 * normal(BATCH[i + 1], 30, 100 * VARIANCE) + 5;
      }
      assertArrayEquals(expected, run.forward(BATCH), 1e-5f);
    }
  }

  @Test
  void normalizesOverAllPixelsOfAChannel() {
    try (NetworkRun run = NetworkRun.of(Shape.of(2, 1, 2), 2, Mode.TRAINING, batchNorm());
        NetworkRun flat = NetworkRun.of(VECTOR, 4, Mode.TRAINING, batchNorm())) {
      assertArrayEquals(flat.forward(BATCH), run.forward(BATCH), 1e-6f);
    }
  }

  @Test
  void updatesMovingStatisticsWithTheUnbiasedVariance() {
    Layer layer = batchNorm().momentum(0.9);
    try (NetworkRun run = NetworkRun.of(VECTOR, 4, Mode.TRAINING, layer)) {
      double mean = 0;
      double variance = 1;
      for (int step = 0; step < 3; step++) {
        run.update(BATCH);
        mean = 0.9 * mean + 0.1 * 3;
        variance = 0.9 * variance + 0.1 * (VARIANCE * 4 / 3);
      }
      assertEquals(mean, run.get("batch_norm/moving_mean")[0], 1e-5);
      assertEquals(10 * mean, run.get("batch_norm/moving_mean")[1], 1e-4);
      assertEquals(variance, run.get("batch_norm/moving_variance")[0], 1e-5);
      run.forward(BATCH);
      assertEquals(
          mean,
          run.get("batch_norm/moving_mean")[0],
          1e-5,
          "the forward pass alone updates nothing");
    }
  }

  @Test
  void normalizesWithTheMovingStatisticsInInference() {
    try (NetworkRun run = NetworkRun.of(VECTOR, 1, Mode.INFERENCE, batchNorm())) {
      run.set("batch_norm/moving_mean", 1, -1).set("batch_norm/moving_variance", 4, 9);
      assertArrayEquals(new float[] {normal(3, 1, 4), normal(2, -1, 9)}, run.forward(3, 2), 1e-6f);
      assertEquals(List.of(), run.applied.updates());
    }
  }

  @Test
  void whenFrozenUsesTheMovingStatisticsInTrainingAndKeepsThem() {
    Network network = Network.of(VECTOR, batchNorm()).freeze("batch_norm");
    try (NetworkRun run = new NetworkRun(network, 1, Mode.TRAINING)) {
      run.set("batch_norm/moving_mean", 1, -1).set("batch_norm/moving_variance", 4, 9);
      assertArrayEquals(new float[] {normal(3, 1, 4), normal(2, -1, 9)}, run.forward(3, 2), 1e-6f);
      assertEquals(List.of(), run.applied.updates());
      assertEquals(List.of(), run.net.trainableVariables());
    }
  }

  /** {@code (3 - 1) / 2 = 1} and {@code (2 + 1) / 3 = 1}, in training, too. */
  @Test
  void withFixedStatisticsUsesThemInTrainingAndKeepsThem() {
    Layer layer = batchNorm().epsilon(1e-9).withFixedStatistics();
    try (NetworkRun run = NetworkRun.of(VECTOR, 1, Mode.TRAINING, layer)) {
      run.set("batch_norm/gamma", 1, 2).set("batch_norm/beta", 0, 5);
      run.set("batch_norm/moving_mean", 1, -1).set("batch_norm/moving_variance", 4, 9);
      assertArrayEquals(new float[] {1, 7}, run.forward(3, 2), 1e-5f);
      assertEquals(0, run.applied.updates().size());
      assertEquals(2, run.net.trainableVariables().size());
    }
  }

  /** {@code (3 - 1) / 2 = 1} and {@code (2 + 1) / 3 = 1}. */
  @Test
  void gammaAndBetaCanBeLeftOut() {
    Layer onlyBeta = batchNorm().epsilon(1e-9).withoutGamma();
    try (NetworkRun run = NetworkRun.of(VECTOR, 1, Mode.INFERENCE, onlyBeta)) {
      run.set("batch_norm/beta", 0.5f, 5);
      run.set("batch_norm/moving_mean", 1, -1).set("batch_norm/moving_variance", 4, 9);
      assertArrayEquals(new float[] {1.5f, 6}, run.forward(3, 2), 1e-5f);
    }
    Layer neither = batchNorm().epsilon(1e-9).withoutGamma().withoutBeta();
    try (NetworkRun run = NetworkRun.of(VECTOR, 2, Mode.TRAINING, neither)) {
      assertArrayEquals(new float[] {-1, 1, 1, -1}, run.forward(1, 6, 3, 2), 1e-5f);
      assertEquals(0, run.net.trainableVariables().size());
      assertEquals(2, run.applied.updates().size());
    }
  }

  @Test
  void epsilonIsAddedToTheVariance() {
    Layer layer = batchNorm().epsilon(5);
    try (NetworkRun run = NetworkRun.of(Shape.of(1), 1, Mode.INFERENCE, layer)) {
      run.set("batch_norm/moving_variance", 4);
      // 6 / sqrt(4 + 5)
      assertArrayEquals(new float[] {2}, run.forward(6), 1e-6f);
    }
  }
}
