package io.github.convnet4j.loss;

import static io.github.convnet4j.loss.Losses.dice;
import static io.github.convnet4j.loss.Losses.huber;
import static io.github.convnet4j.loss.Losses.meanAbsoluteError;
import static io.github.convnet4j.loss.Losses.meanSquaredError;
import static io.github.convnet4j.loss.Losses.sigmoidCrossEntropy;
import static io.github.convnet4j.loss.Losses.softmaxCrossEntropy;
import static java.lang.Math.log;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Losses of outputs with several positions, where a formula shows what is right. */
class PixelLossTest {
  private static final float LOG_3 = (float) log(3);

  /** Two examples of 1x2 pixels with two classes; the probabilities are 3/4 and 1/4. */
  private static final Shape SHAPE = Shape.of(2, 1, 2, 2);

  private static final float[] LOGITS = {LOG_3, 0, LOG_3, 0, LOG_3, 0, 0, LOG_3};

  @Test
  void positionsWithoutLabelsAreNotCounted() {
    float[] onePixel = {1, 0, 0, 0, 0, 1, 0, 1};
    for (Loss loss :
        List.of(
            softmaxCrossEntropy(),
            softmaxCrossEntropy().classWeights(1, 1),
            Losses.softmaxFocal(0),
            Losses.klDivergence())) {
      assertArrayEquals(
          new float[] {(float) -log(3 / 4.0), (float) (-log(1 / 4.0) - log(3 / 4.0)) / 2},
          LossRun.perExample(loss, SHAPE, LOGITS, onePixel),
          1e-6f);
    }
    // Smoothing would give the second pixel the labels 1/4 and 1/4.
    assertEquals(
        -0.75 * log(3 / 4.0) - 0.25 * log(1 / 4.0),
        LossRun.perExample(softmaxCrossEntropy().labelSmoothing(0.5), SHAPE, LOGITS, onePixel)[0],
        1e-6);
  }

  @Test
  void anExampleWithoutLabelsHasNeitherLossNorGradient() {
    float[] nothingInTheSecond = {1, 0, 0, 1, 0, 0, 0, 0};
    for (Loss loss :
        List.of(
            softmaxCrossEntropy(),
            softmaxCrossEntropy().labelSmoothing(0.1).classWeights(2, 3),
            Losses.softmaxFocal(2).labelSmoothing(0.1).classWeights(2, 3),
            Losses.klDivergence(),
            Losses.categoricalHinge(),
            Losses.tversky(0.3, 0.7),
            dice())) {
      float[] losses = LossRun.perExample(loss, SHAPE, LOGITS, nothingInTheSecond);
      assertTrue(losses[0] > 0.1, loss.toString());
      assertEquals(0, losses[1], loss.toString());
      float[] gradient = LossRun.gradient(loss, SHAPE, LOGITS, nothingInTheSecond);
      assertTrue(Math.abs(gradient[2]) > 0.01, loss.toString());
      for (int i = 4; i < 8; i++) {
        assertEquals(0, gradient[i], 0f, loss.toString()); // 0 or -0
      }
    }
  }

  @Test
  void diceComparesOverlapsAndIgnoresClassesThatDoNotOccur() {
    float[] targets = {1, 0, 1, 0, 1, 0, 0, 1};
    // The first example has class 0 only: sum(p y) = 6/4, sum(p) = 6/4, sum(y) = 2.
    // In the second each class has sum(p y) = 3/4, sum(p) = 1, sum(y) = 1.
    assertArrayEquals(
        new float[] {(float) (1 - 2 * 1.5 / 3.5), 1 - 0.75f},
        LossRun.perExample(dice(), SHAPE, LOGITS, targets),
        1e-6f);
    float[] certain = {50, 0, 50, 0, 50, 0, 0, 50};
    assertArrayEquals(
        new float[] {0, 0}, LossRun.perExample(dice(), SHAPE, certain, targets), 1e-6f);
  }

  @Test
  void diceAndTverskyNeedPositionsAndSeveralClasses() {
    for (Shape shape : List.of(Shape.of(4, 2), Shape.of(2, 2, 2, 1))) {
      for (Loss loss : List.of(dice(), Losses.tversky(0.3, 0.7))) {
        float[] values = new float[8];
        String message =
            assertThrows(
                    IllegalArgumentException.class,
                    () -> LossRun.perExample(loss, shape, values, values))
                .getMessage();
        String name = loss.equals(dice()) ? "dice" : "tversky";
        assertTrue(message.startsWith(name) && message.contains("classes"), message);
      }
    }
  }

  @Test
  void tverskyWeightsWhatIsFoundByMistakeAndWhatIsMissed() {
    // Class 0 only: sum(p y) = 6/4, and 2/4 are missed. In the second example, each class has
    // sum(p y) = 3/4, 1/4 found by mistake and 1/4 missed.
    float[] targets = {1, 0, 1, 0, 1, 0, 0, 1};
    assertArrayEquals(
        new float[] {(float) (1 - 1.5 / (1.5 + 0.7 * 0.5)), 1 - 0.75f},
        LossRun.perExample(Losses.tversky(0.3, 0.7), SHAPE, LOGITS, targets),
        1e-6f);
    assertArrayEquals(
        LossRun.perExample(dice(), SHAPE, LOGITS, targets),
        LossRun.perExample(Losses.tversky(0.5, 0.5), SHAPE, LOGITS, targets),
        1e-6f);
  }

  @Test
  void outputsNeedTwoDimensions() {
    for (Loss loss :
        List.of(
            softmaxCrossEntropy(),
            sigmoidCrossEntropy(),
            meanSquaredError(),
            meanAbsoluteError(),
            huber(1),
            dice())) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> LossRun.perExample(loss, Shape.of(2), new float[2], new float[2]))
              .getMessage();
      assertTrue(message.contains("outputs") && message.contains("[-1]"), message);
    }
  }

  @Test
  void predictionsHaveTheShapeOfTheOutputs() {
    float[] probabilities = {.75f, .25f, .75f, .25f, .75f, .25f, .25f, .75f};
    for (Loss loss : List.of(softmaxCrossEntropy(), dice(), dice().plus(softmaxCrossEntropy()))) {
      assertArrayEquals(
          probabilities, LossRun.predictions(loss, SHAPE, LOGITS), 1e-6f, loss.toString());
    }
    for (Loss loss : List.of(meanAbsoluteError(), huber(1), meanSquaredError().times(2))) {
      assertArrayEquals(LOGITS, LossRun.predictions(loss, SHAPE, LOGITS), loss.toString());
    }
  }

  @Test
  void huberIsQuadraticUpToDeltaAndThenLinear() {
    float[][] outputs = {{0.25f, -0.5f}, {2, -1}};
    float[][] zeros = {{0, 0}, {0, 0}};
    // (1/4)² / 2 and (1/2)² / 2; 1/2 (2 - 1/4) and 1/2 (1 - 1/4)
    assertArrayEquals(
        new float[] {(0.03125f + 0.125f) / 2, (0.875f + 0.375f) / 2},
        LossRun.perExample(huber(0.5), outputs, zeros));
    assertArrayEquals(
        new float[] {0.25f / 4, -0.5f / 4, 0.5f / 4, -0.5f / 4},
        LossRun.gradient(huber(0.5), outputs, zeros));
  }

  @Test
  void sumsAndFactorsAreThoseOfTheirParts() {
    float[][] outputs = {{1, 2}, {3, 4}};
    float[][] targets = {{0, 0}, {3, 1}};
    Loss loss = meanSquaredError().plus(meanAbsoluteError().times(0.5));
    assertArrayEquals(
        new float[] {2.5f + 0.75f, 4.5f + 0.75f}, LossRun.perExample(loss, outputs, targets));
    assertEquals(3.5f + 0.75f, LossRun.mean(loss, outputs, targets));
    assertEquals(
        "Sum[first=MeanSquaredError[], second=Scaled[loss=MeanAbsoluteError[], factor=0.5]]",
        loss.toString());
  }

  @Test
  void factorAndDeltaMustBePositive() {
    for (double value : new double[] {0, -1, 1e-50, Double.NaN}) {
      for (Runnable make :
          List.<Runnable>of(() -> huber(value), () -> meanSquaredError().times(value))) {
        String message = assertThrows(IllegalArgumentException.class, make::run).getMessage();
        assertTrue(message.matches("(delta|factor) must be .*: " + value), message);
      }
    }
  }
}
