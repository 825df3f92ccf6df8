package io.github.convnet4j.loss;

import static io.github.convnet4j.loss.Losses.huber;
import static io.github.convnet4j.loss.Losses.meanAbsoluteError;
import static io.github.convnet4j.loss.Losses.meanSquaredError;
import static io.github.convnet4j.loss.Losses.sigmoidCrossEntropy;
import static io.github.convnet4j.loss.Losses.softmaxCrossEntropy;
import static java.lang.Math.exp;
import static java.lang.Math.log;
import static java.lang.Math.log1p;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class LossTest {
  /** Softmax of these is 1/8, 2/8, 5/8. */
  private static final float[] LOGITS = {(float) log(1), (float) log(2), (float) log(5)};

  private static final float[] SECOND = {0, 1, 0};
  private static final float[] THIRD = {0, 0, 1};
  private static final float[][] TWICE = {LOGITS, LOGITS};

  @Test
  void softmaxCrossEntropyIsTheNegativeLogProbabilityOfTheLabel() {
    float[] losses =
        LossRun.perExample(softmaxCrossEntropy(), TWICE, new float[][] {SECOND, THIRD});
    assertArrayEquals(new float[] {(float) -log(2 / 8.0), (float) -log(5 / 8.0)}, losses, 1e-6f);
    assertEquals(
        (-log(2 / 8.0) - log(5 / 8.0)) / 2,
        LossRun.mean(softmaxCrossEntropy(), TWICE, new float[][] {SECOND, THIRD}),
        1e-6);
    assertArrayEquals(
        new float[] {1 / 8f, 2 / 8f, 5 / 8f},
        LossRun.predictions(softmaxCrossEntropy(), LOGITS),
        1e-6f);
  }

  @Test
  void labelSmoothingSpreadsAShareOfEachLabelOverAllClasses() {
    Loss loss = softmaxCrossEntropy().labelSmoothing(0.3);
    // 0.7 * (0, 1, 0) + 0.3 / 3
    double expected = -0.1 * log(1 / 8.0) - 0.8 * log(2 / 8.0) - 0.1 * log(5 / 8.0);
    assertEquals(expected, LossRun.mean(loss, TWICE, new float[][] {SECOND, SECOND}), 1e-6);
  }

  @Test
  void classWeightsMultiplyTheLossesOfTheirClass() {
    Loss loss = softmaxCrossEntropy().classWeights(7, 3, 0.5);
    assertEquals(
        (-3 * log(2 / 8.0) - 0.5 * log(5 / 8.0)) / 2,
        LossRun.mean(loss, TWICE, new float[][] {SECOND, THIRD}),
        1e-6);
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                LossRun.mean(
                    softmaxCrossEntropy().classWeights(1, 2),
                    TWICE,
                    new float[][] {SECOND, THIRD}));
    assertTrue(error.getMessage().startsWith("classWeights"), error::getMessage);
    assertTrue(error.getMessage().endsWith("3 classes: [1.0, 2.0]"), error::getMessage);
  }

  @Test
  void sigmoidCrossEntropyTreatsClassesAsIndependent() {
    float logit = (float) log(3); // sigmoid: 3/4
    float[][] outputs = {{logit, logit}, {0, -logit}};
    float[][] targets = {{1, 0}, {1, 1}};
    assertArrayEquals(
        new float[] {
          (float) ((-log(3 / 4.0) - log(1 / 4.0)) / 2), (float) ((-log(1 / 2.0) - log(1 / 4.0)) / 2)
        },
        LossRun.perExample(sigmoidCrossEntropy(), outputs, targets),
        1e-6f);
    assertArrayEquals(
        new float[] {3 / 4f, 1 / 2f},
        LossRun.predictions(sigmoidCrossEntropy(), new float[] {logit, 0}),
        1e-6f);
  }

  @Test
  void sigmoidCrossEntropyDoesNotOverflowAndIsAccurateForSmallLosses() {
    float[][] outputs = {{1000}, {-1000}, {20}};
    float[][] targets = {{0}, {0}, {1}};
    float[] losses = LossRun.perExample(sigmoidCrossEntropy(), outputs, targets);
    assertArrayEquals(new float[] {1000, 0}, new float[] {losses[0], losses[1]});
    assertEquals(log1p(exp(-20)), losses[2], 1e-15);
  }

  @Test
  void meanSquaredErrorIsTheMeanOverOutputsAndExamples() {
    float[][] outputs = {{1, 2}, {3, 4}};
    float[][] targets = {{0, 0}, {3, 1}};
    // (1 + 4) / 2 and (0 + 9) / 2
    assertArrayEquals(
        new float[] {2.5f, 4.5f}, LossRun.perExample(meanSquaredError(), outputs, targets));
    assertEquals(3.5f, LossRun.mean(meanSquaredError(), outputs, targets));
    assertArrayEquals(
        new float[] {1, 2}, LossRun.predictions(meanSquaredError(), new float[] {1, 2}));
  }

  static Stream<Loss> losses() {
    return Stream.of(
        softmaxCrossEntropy(),
        softmaxCrossEntropy().labelSmoothing(0.2),
        softmaxCrossEntropy().labelSmoothing(0.2).classWeights(2, 1, 0.5),
        sigmoidCrossEntropy(),
        sigmoidCrossEntropy().labelSmoothing(0.2).positiveWeights(2, 1, 0.5),
        Losses.softmaxFocal(2),
        Losses.softmaxFocal(0.5).labelSmoothing(0.2).classWeights(2, 1, 0.5),
        Losses.sigmoidFocal(2),
        Losses.sigmoidFocal(0.5).alpha(0.25),
        Losses.klDivergence(),
        Losses.categoricalHinge(),
        Losses.logCosh(),
        Losses.poisson(),
        meanSquaredError(),
        meanAbsoluteError(),
        huber(0.6),
        meanSquaredError().plus(meanAbsoluteError().times(0.5)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientMatchesFiniteDifferences(Loss loss) {
    // Includes a logit of 0, where the two branches of the sigmoid's loss meet.
    float[][] outputs = {{0.5f, -1, 0}, {2, 0.25f, -0.75f}};
    float[][] targets = {SECOND, THIRD};
    float[] gradient = LossRun.gradient(loss, outputs, targets);
    double[] differences = LossRun.differences(loss, outputs, targets);
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(differences[i], gradient[i], 2e-4, loss + ", output " + i);
    }
  }

  static Stream<Loss> stable() {
    return Stream.of(
        softmaxCrossEntropy(),
        Losses.softmaxFocal(0.5),
        Losses.softmaxFocal(2).labelSmoothing(0.1),
        Losses.klDivergence(),
        Losses.categoricalHinge(),
        sigmoidCrossEntropy(),
        sigmoidCrossEntropy().positiveWeights(2, 2, 2),
        Losses.sigmoidFocal(0.5),
        Losses.sigmoidFocal(2),
        Losses.hinge(),
        Losses.squaredHinge(),
        Losses.logCosh());
  }

  @ParameterizedTest
  @MethodSource("stable")
  void lossesAndGradientsOfLargeOutputsAreFinite(Loss loss) {
    float[][] outputs = {{1000, -1000, 0}, {-1000, 0, 1000}};
    float[][] targets = {{1, 0, 0}, {1, 0, 0}};
    for (float value : LossRun.perExample(loss, outputs, targets)) {
      assertTrue(Float.isFinite(value) && value >= 0, loss + ": " + value);
    }
    for (float value : LossRun.gradient(loss, outputs, targets)) {
      assertTrue(Float.isFinite(value), loss + ": " + value);
    }
  }

  @Test
  void focalLossesWithGammaZeroAreCrossEntropies() {
    float[][] targets = {SECOND, THIRD};
    assertArrayEquals(
        LossRun.perExample(softmaxCrossEntropy(), TWICE, targets),
        LossRun.perExample(Losses.softmaxFocal(0), TWICE, targets),
        1e-6f);
    assertArrayEquals(
        LossRun.perExample(sigmoidCrossEntropy(), TWICE, targets),
        LossRun.perExample(Losses.sigmoidFocal(0), TWICE, targets),
        1e-6f);
  }

  @Test
  void focalLossReducesTheLossOfEasyExamples() {
    // The probabilities are 2/8 and 5/8.
    assertArrayEquals(
        new float[] {
          (float) (-log(2 / 8.0) * Math.pow(6 / 8.0, 2)),
          (float) (-log(5 / 8.0) * Math.pow(3 / 8.0, 2))
        },
        LossRun.perExample(Losses.softmaxFocal(2), TWICE, new float[][] {SECOND, THIRD}),
        1e-6f);
  }

  @Test
  void theDivergenceFromEqualProbabilitiesIsZero() {
    float[] same = {1 / 8f, 2 / 8f, 5 / 8f};
    float[][] targets = {same, SECOND};
    assertArrayEquals(
        new float[] {0, (float) -log(2 / 8.0)},
        LossRun.perExample(Losses.klDivergence(), TWICE, targets),
        1e-6f);
  }

  @Test
  void hingesWantAMarginOfOne() {
    float[][] outputs = {{2, 0.5f}, {-0.5f, 3}};
    float[][] targets = {{1, 1}, {1, 0}};
    // 0 and 1/2; 3/2 and 4
    assertArrayEquals(
        new float[] {0.25f, 2.75f}, LossRun.perExample(Losses.hinge(), outputs, targets));
    assertArrayEquals(
        new float[] {0.25f / 2, (2.25f + 16) / 2},
        LossRun.perExample(Losses.squaredHinge(), outputs, targets));
    float[][] oneHot = {{1, 0}, {1, 0}};
    // 2 exceeds 0.5 by more than 1; -0.5 should exceed 3 by 1.
    assertArrayEquals(
        new float[] {0, 4.5f}, LossRun.perExample(Losses.categoricalHinge(), outputs, oneHot));
    assertArrayEquals(
        new float[] {0.5f, 0.75f},
        LossRun.predictions(Losses.hinge(), new float[] {0, (float) log(3)}),
        1e-6f);
  }

  @Test
  void thePoissonLossIsLeastAtTheLogarithmOfTheTarget() {
    float[][] outputs = {{(float) log(3)}, {0}};
    float[][] targets = {{3}, {0}};
    assertArrayEquals(
        new float[] {(float) (3 - 3 * log(3)), 1},
        LossRun.perExample(Losses.poisson(), outputs, targets),
        1e-6f);
    assertArrayEquals(
        new float[] {0, 0.5f}, LossRun.gradient(Losses.poisson(), outputs, targets), 1e-6f);
    assertArrayEquals(new float[] {3}, LossRun.predictions(Losses.poisson(), outputs[0]), 1e-6f);
  }

  @Test
  void lossesOfOtherOutputsAreNotAdded() {
    for (Loss other : List.of(meanSquaredError(), Losses.poisson())) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> softmaxCrossEntropy().times(2).plus(other))
              .getMessage();
      assertTrue(message.contains("logits") && message.contains(other.toString()), message);
    }
    assertThrows(IllegalArgumentException.class, () -> Losses.poisson().plus(meanSquaredError()));
  }

  @Test
  void gradientOfSigmoidCrossEntropyAtZeroIsOneHalfMinusTheLabel() {
    assertArrayEquals(
        new float[] {-0.25f, 0.25f},
        LossRun.gradient(sigmoidCrossEntropy(), new float[][] {{0, 0}}, new float[][] {{1, 0}}));
  }

  /** The types of the operations that a loss adds, in order. */
  private static List<String> operations(Loss loss, boolean byHand) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> logits =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      Placeholder<TFloat32> labels =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      Operand<TFloat32> cost =
          byHand
              ? tf.math.mean(
                  tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss(), tf.constant(0))
              : loss.mean(tf, logits, labels);
      assertTrue(cost.shape().isScalar());
      return graph.toGraphDef().getNodeList().stream()
          .map(node -> node.getOp() + " " + node.getInputList())
          .toList();
    }
  }

  @Test
  void plainSoftmaxCrossEntropyHasTheSameOperationsAsTheLecture() {
    assertEquals(operations(softmaxCrossEntropy(), true), operations(softmaxCrossEntropy(), false));
  }

  @Test
  void rejectsSettingsOfFocalLossesOutOfRange() {
    for (double value : new double[] {-1, Double.NaN, 1e39}) {
      assertRejected("gamma", value, () -> Losses.softmaxFocal(value));
      assertRejected("gamma", value, () -> Losses.sigmoidFocal(value));
    }
    for (double value : new double[] {0, 1, Double.NaN}) {
      assertRejected("alpha", value, () -> Losses.sigmoidFocal(2).alpha(value));
    }
    assertRejected("alpha", 0, () -> Losses.tversky(0, 1));
    assertRejected("beta", -1, () -> Losses.tversky(1, -1));
    assertRejected("labelSmoothing", 1, () -> Losses.softmaxFocal(2).labelSmoothing(1));
    assertRejected("labelSmoothing", 1, () -> sigmoidCrossEntropy().labelSmoothing(1));
    for (Loss loss :
        List.of(
            Losses.softmaxFocal(2).classWeights(1, 2),
            sigmoidCrossEntropy().positiveWeights(1, 2))) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> LossRun.mean(loss, TWICE, new float[][] {SECOND, THIRD}))
              .getMessage();
      assertTrue(message.endsWith("3 classes: [1.0, 2.0]"), message);
    }
  }

  private static void assertRejected(String name, double value, Runnable make) {
    String message = assertThrows(IllegalArgumentException.class, make::run).getMessage();
    assertTrue(message.startsWith(name + " must be"), message);
    assertTrue(message.endsWith(": " + value), message);
  }

  @Test
  void rejectsSettingsOutOfRange() {
    for (double share : new double[] {-0.1, 1, 0.999999999, Double.NaN}) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class, () -> softmaxCrossEntropy().labelSmoothing(share));
      assertTrue(error.getMessage().startsWith("labelSmoothing"), error::getMessage);
      assertTrue(error.getMessage().endsWith(": " + share), error::getMessage);
    }
    for (double weight : new double[] {-1, 1e39, Double.NaN, Double.POSITIVE_INFINITY}) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class, () -> softmaxCrossEntropy().classWeights(1, weight));
      assertTrue(error.getMessage().startsWith("classWeights"), error::getMessage);
      assertTrue(error.getMessage().endsWith(": [1.0, %s]".formatted(weight)), error::getMessage);
    }
  }
}
