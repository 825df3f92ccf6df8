package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.dropoutKeeping;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkRun;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DropoutTest {
  private static final Shape SHAPE = Shape.of(10_000);

  private static float[] ones() {
    float[] ones = new float[10_000];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static int zeros(float[] values) {
    int zeros = 0;
    for (float value : values) {
      zeros += value == 0 ? 1 : 0;
    }
    return zeros;
  }

  @Test
  void dropsTheGivenShareAndKeepsTheMean() {
    try (NetworkRun run = NetworkRun.of(SHAPE, 10, Mode.TRAINING, dropout(0.3))) {
      float[] ones = new float[100_000];
      Arrays.fill(ones, 1);
      float[] output = run.forward(ones);
      // The standard deviation of the share is sqrt(0.3 * 0.7 / 100,000) = 0.00145; allow four of
      // them.
      double share = zeros(output) / 100_000.0;
      assertEquals(0.3, share, 0.006);
      double sum = 0;
      for (float value : output) {
        assertTrue(
            value == 0 || value == 1 / (1 - 0.3f), () -> "neither dropped nor kept: " + value);
        sum += value;
      }
      assertEquals(1, sum / 100_000, 0.006 / 0.7);
    }
  }

  @Test
  void theMaskDependsOnTheStepOnly() {
    try (NetworkRun run = NetworkRun.of(SHAPE, 1, Mode.TRAINING, dropout(0.5));
        NetworkRun again = NetworkRun.of(SHAPE, 1, Mode.TRAINING, dropout(0.5))) {
      float[] first = run.step(1).forward(ones());
      float[] second = run.step(2).forward(ones());
      assertFalse(Arrays.equals(first, second));
      assertArrayEquals(first, run.step(1).forward(ones()));
      assertArrayEquals(
          second, again.step(2).forward(ones()), "in another session, starting at step 2");
    }
  }

  @Test
  void twoLayersDrawDifferentMasks() {
    try (NetworkRun run = NetworkRun.of(SHAPE, 1, Mode.TRAINING, dropout(0.5), dropout(0.5))) {
      // With the same mask twice, half of the values would be left instead of a quarter.
      assertEquals(0.75, zeros(run.forward(ones())) / 10_000.0, 0.02);
    }
  }

  @Test
  void isAbsentInInference() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> input = tf.constant(new float[1][3]);
      var net = Network.of(Shape.of(3), dropout(0.5)).build(tf, "net", 1);
      assertEquals(input.asOutput(), net.apply(input, Mode.INFERENCE).output().asOutput());
    }
  }

  @Test
  void rejectsTrainingWithoutAStep() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> input = tf.constant(new float[1][3]);
      var net = Network.of(Shape.of(3), dropout(0.5)).build(tf, "net", 1);
      var error = assertThrows(IllegalStateException.class, () -> net.apply(input, Mode.TRAINING));
      assertTrue(error.getMessage().startsWith("dropout"), error::getMessage);
      assertTrue(error.getMessage().contains("step"), error::getMessage);
    }
  }

  @Test
  void keepProbabilityIsOneMinusTheRate() {
    assertEquals(dropout(0.3), dropoutKeeping(0.7));
    assertEquals(dropout(0.2), dropoutKeeping(0.8), "although 1 - 0.8 is 0.19999999999999996");
    assertEquals(dropout(0), dropoutKeeping(1));
  }
}
