package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.gaussianNoise;
import static io.github.convnet4j.layer.Layers.spatialDropout;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkRun;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Spatial dropout and Gaussian noise. */
class RandomLayersTest {
  private static final int BATCH = 20;
  private static final int PIXELS = 3 * 2;
  private static final int CHANNELS = 500;
  private static final Shape SHAPE = Shape.of(3, 2, CHANNELS);

  static final List<Layer> LAYERS = List.of(spatialDropout(0.5), gaussianNoise(0.5));
  static final List<Layer> NOTHING = List.of(spatialDropout(0), gaussianNoise(0));

  private static float[] ones() {
    float[] ones = new float[BATCH * PIXELS * CHANNELS];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static NetworkRun training(Layer... layers) {
    return NetworkRun.of(SHAPE, BATCH, Mode.TRAINING, layers);
  }

  @Test
  void spatialDropoutDropsWholeChannelsAndKeepsTheMean() {
    try (NetworkRun run = training(spatialDropout(0.3))) {
      float[] output = run.forward(ones());
      int dropped = 0;
      for (int image = 0; image < BATCH; image++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          int first = image * PIXELS * CHANNELS + channel;
          float value = output[first];
          assertTrue(value == 0 || value == 1 / (1 - 0.3f), () -> "neither: " + value);
          for (int pixel = 1; pixel < PIXELS; pixel++) {
            assertEquals(value, output[first + pixel * CHANNELS]);
          }
          dropped += value == 0 ? 1 : 0;
        }
      }
      // The standard deviation of the share is sqrt(0.3 * 0.7 / 10,000) = 0.0046; allow four.
      double share = dropped / (double) (BATCH * CHANNELS);
      assertEquals(0.3, share, 0.0184);
      double mean = (1 - share) / 0.7;
      assertEquals(1, mean, 0.0184 / 0.7);
    }
  }

  @Test
  void dropoutWithSharedAxesDropsWholeImages() {
    try (NetworkRun run = training(Layers.dropout(0.4).sharedAxes(1, 2, 3))) {
      float[] output = run.forward(ones());
      int image = PIXELS * CHANNELS;
      int dropped = 0;
      for (int i = 0; i < BATCH; i++) {
        float value = output[i * image];
        assertTrue(value == 0 || value == 1 / (1 - 0.4f), () -> "neither: " + value);
        float[] all = new float[image];
        Arrays.fill(all, value);
        assertArrayEquals(all, Arrays.copyOfRange(output, i * image, (i + 1) * image));
        dropped += value == 0 ? 1 : 0;
      }
      assertTrue(dropped > 0 && dropped < BATCH, "dropped " + dropped);
    }
  }

  @Test
  void sharedAxesMustBeDimensionsOfTheInput() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Network.of(SHAPE, Layers.dropout(0.4).sharedAxes(4)));
    assertTrue(e.getMessage().contains("from 1 to 3: 4"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Layers.dropout(0.4).sharedAxes(0));
  }

  @Test
  void spatialDropoutDrawsAMaskForEachImage() {
    try (NetworkRun run = training(spatialDropout(0.5))) {
      float[] output = run.forward(ones());
      int image = PIXELS * CHANNELS;
      assertFalse(
          Arrays.equals(
              Arrays.copyOf(output, image), Arrays.copyOfRange(output, image, 2 * image)));
    }
  }

  @Test
  void gaussianNoiseHasTheGivenDeviationAndNoMean() {
    try (NetworkRun run = training(gaussianNoise(0.2))) {
      float[] output = run.forward(ones());
      int n = output.length;
      double sum = 0;
      double squares = 0;
      int within = 0;
      for (float value : output) {
        double noise = value - 1.0;
        sum += noise;
        squares += noise * noise;
        within += Math.abs(noise) < 0.2 ? 1 : 0;
      }
      // 60,000 values: the mean's deviation is 0.2 / 245, the deviation's 0.2 / 346; allow four.
      assertEquals(0, sum / n, 4 * 0.2 / 245);
      assertEquals(0.2, Math.sqrt(squares / n), 4 * 0.2 / 346);
      // 68.27 percent of normal values are within one standard deviation; that share's deviation is
      // 0.0019.
      assertEquals(0.6827, within / (double) n, 4 * 0.0019);
    }
  }

  @ParameterizedTest
  @FieldSource("LAYERS")
  void dependsOnTheStepOnly(Layer layer) {
    try (NetworkRun run = training(layer);
        NetworkRun again = training(layer)) {
      float[] first = run.step(1).forward(ones());
      float[] second = run.step(2).forward(ones());
      assertFalse(Arrays.equals(first, second));
      assertArrayEquals(first, run.step(1).forward(ones()));
      assertArrayEquals(
          second, again.step(2).forward(ones()), "in another session, starting at step 2");
    }
  }

  @Test
  void twoLayersDrawDifferentNumbers() {
    try (NetworkRun dropped = training(spatialDropout(0.5), spatialDropout(0.5));
        NetworkRun noisy = training(gaussianNoise(0.5), gaussianNoise(0.5))) {
      int zeros = 0;
      for (float value : dropped.forward(ones())) {
        zeros += value == 0 ? 1 : 0;
      }
      // With the same mask twice, half of the channels would be left instead of a quarter.
      assertEquals(0.75, zeros / (double) ones().length, 0.02);
      double squares = 0;
      for (float value : noisy.forward(ones())) {
        squares += (value - 1.0) * (value - 1.0);
      }
      // The variances add up to 0.5; the same noise twice would have the variance 1.
      assertEquals(0.5, squares / ones().length, 0.02);
    }
  }

  @ParameterizedTest
  @FieldSource("LAYERS")
  void areAbsentInInference(Layer layer) {
    assertReturnsItsInput(layer, Mode.INFERENCE);
  }

  @ParameterizedTest
  @FieldSource("NOTHING")
  void areAbsentIfTheyDoNothing(Layer layer) {
    assertReturnsItsInput(layer, Mode.TRAINING);
  }

  private static void assertReturnsItsInput(Layer layer, Mode mode) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> input = tf.constant(new float[1][2][2][3]);
      var net = Network.of(Shape.of(2, 2, 3), layer).build(tf, "net", 1);
      assertEquals(input.asOutput(), net.apply(input, mode).output().asOutput());
    }
  }

  @ParameterizedTest
  @FieldSource("LAYERS")
  void needAStepInTraining(Layer layer) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> input = tf.constant(new float[1][2][2][3]);
      var net = Network.of(Shape.of(2, 2, 3), layer).build(tf, "net", 1);
      String message =
          assertThrows(IllegalStateException.class, () -> net.apply(input, Mode.TRAINING))
              .getMessage();
      assertTrue(message.startsWith(layer.kind()) && message.contains("step"), message);
    }
  }
}
