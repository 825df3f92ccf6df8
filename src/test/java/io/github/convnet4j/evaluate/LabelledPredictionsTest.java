package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Figures computed by hand; {@link MetricsPairsTest} compares with scikit-learn. */
class LabelledPredictionsTest {
  private static final List<String> PETS = List.of("cat", "dog", "fox");

  private static final LabelledPredictions FOUR =
      LabelledPredictions.of(
          PETS,
          new int[] {0, 0, 1, 2},
          new float[][] {
            {0.5f, 0.25f, 0.25f}, {0.25f, 0.75f, 0}, {0.25f, 0.5f, 0.25f}, {0.75f, 0.125f, 0.125f}
          });

  @Test
  void countsHits() {
    assertEquals(2.0 / 4, FOUR.accuracy());
    assertEquals(2, FOUR.confusionMatrix().correct());
  }

  /**
   * The later of two equally likely classes counts as more likely, so the fox's class comes second.
   */
  @Test
  void countsHitsAmongTheMostLikelyClasses() {
    assertEquals(2.0 / 4, FOUR.topKAccuracy(1));
    assertEquals(4.0 / 4, FOUR.topKAccuracy(2));
    assertEquals(4.0 / 4, FOUR.topKAccuracy(3));
  }

  @Test
  void accuracyAndTopOneDifferOnlyForTies() {
    LabelledPredictions tie =
        LabelledPredictions.of(List.of("a", "b"), new int[] {0}, new float[] {0.5f, 0.5f});
    assertEquals(1, tie.accuracy());
    assertEquals(0, tie.topKAccuracy(1));
  }

  /** The probabilities of the examples' own classes are 1/2, 1/4, 1/2 and 1/8. */
  @Test
  void averagesTheLogLoss() {
    assertEquals((1 + 2 + 1 + 3) * Math.log(2) / 4, FOUR.logLoss(), 1e-15);
  }

  @Test
  void theLogLossOfProbabilityZeroIsFinite() {
    LabelledPredictions wrong =
        LabelledPredictions.of(List.of("a", "b"), new int[] {1}, new float[] {1, 0});
    assertEquals(52 * Math.log(2), wrong.logLoss(), 1e-14);
  }

  @Test
  void averagesTheBrierScore() {
    double sixteenths = (4 + 1 + 1) + (9 + 9 + 0) + (1 + 4 + 1);
    double last = 0.75 * 0.75 + 0.125 * 0.125 + 0.875 * 0.875;
    assertEquals((sixteenths / 16 + last) / 4, FOUR.brierScore(), 1e-15);
  }

  /**
   * Cats have 1/2 and 1/4, the others 1/4 and 3/4: 1/2 beats one, and 1/4 ties with one. The dog's
   * 1/2 beats two of three. The fox's 1/8 beats one of three.
   */
  @Test
  void measuresAreasUnderTheCurve() {
    RocAuc auc = FOUR.rocAuc();
    assertEquals(
        List.of(1.5 / 4, 2.0 / 3, 1.0 / 3),
        auc.areas().stream().map(a -> a.orElseThrow()).toList());
    assertEquals((1.5 / 4 + 2.0 / 3 + 1.0 / 3) / 3, auc.macro().orElseThrow(), 1e-15);
    assertEquals((2 * 1.5 / 4 + 2.0 / 3 + 1.0 / 3) / 4, auc.weighted().orElseThrow(), 1e-15);
    assertEquals("ROC AUC macro 0.4583, weighted 0.4375", auc.toString());
  }

  @Test
  void aClassWithoutExamplesHasNoArea() {
    RocAuc auc =
        LabelledPredictions.of(PETS, new int[] {0, 1}, new float[] {1, 0, 0, 0, 1, 0}).rocAuc();
    assertEquals(
        List.of(OptionalDouble.of(1), OptionalDouble.of(1), OptionalDouble.empty()), auc.areas());
    assertEquals(OptionalDouble.empty(), auc.macro());
    assertEquals(OptionalDouble.of(1), auc.weighted());
  }

  @Test
  void oneClassHasNoArea() {
    RocAuc auc =
        LabelledPredictions.of(PETS, new int[] {1, 1}, new float[] {1, 0, 0, 0, 1, 0}).rocAuc();
    assertEquals(OptionalDouble.empty(), auc.macro());
    assertEquals(OptionalDouble.empty(), auc.weighted());
    assertEquals("ROC AUC macro undefined, weighted undefined", auc.toString());
    LabelledPredictions single =
        LabelledPredictions.of(List.of("all"), new int[] {0}, new float[] {1});
    assertEquals(OptionalDouble.empty(), single.rocAuc().macro());
    assertEquals(1, single.accuracy());
    assertEquals(0, single.logLoss());
  }

  /**
   * In two bins, 1/2 lies in the first, with accuracy 1, and 3/4 in the second, with accuracy 0.
   */
  @Test
  void measuresCalibration() {
    Calibration two = FOUR.calibration(2);
    assertEquals(
        List.of(new Calibration.Bin(0, 0.5, 2, 0.5, 1), new Calibration.Bin(0.5, 1, 2, 0.75, 0)),
        two.bins());
    assertEquals((2 * 0.5 + 2 * 0.75) / 4, two.expectedError());
    assertEquals(0.75, two.maximumError());
    assertEquals(15, FOUR.calibration().binCount());
    assertEquals("expected calibration error 0.6250 (15 bins)", FOUR.calibration().toString());
  }

  @Test
  void printsEverything() {
    assertEquals(
        FOUR.report()
            + """

            accuracy 0.5000, 0.1500 to 0.8500 (95 %)
            log loss 1.2130, Brier score 0.8047, expected calibration error 0.6250 (15 bins)
            ROC AUC macro 0.4583, weighted 0.4375
            """,
        FOUR.toString());
  }

  @Test
  void keepsItsOwnCopy() {
    int[] labels = {0};
    float[] probabilities = {1, 0};
    LabelledPredictions kept = LabelledPredictions.of(List.of("a", "b"), labels, probabilities);
    labels[0] = 1;
    probabilities[0] = 0;
    assertEquals(0, kept.label(0));
    assertEquals(1, kept.probability(0, 0));
  }

  @Test
  void treatsARoundingErrorAboveOneAsOne() {
    LabelledPredictions sure =
        LabelledPredictions.of(List.of("a", "b"), new int[] {0}, new float[] {Math.nextUp(1f), 0});
    assertEquals(1, sure.probability(0, 0));
    assertEquals(0, sure.logLoss());
  }

  @Test
  void refusesBadProbabilities() {
    refuses("probabilities[0][1] must be from 0 to 1: NaN", 0.5f, Float.NaN, 1, 0);
    refuses("probabilities[1][0] must be from 0 to 1: -0.1", 0.5f, 0.5f, -0.1f, 1.1f);
    refuses("probabilities[1][1] must be from 0 to 1: 1.1", 0.5f, 0.5f, 0, 1.1f);
    refuses("probabilities[0][0] must be from 0 to 1: Infinity", Float.POSITIVE_INFINITY, 0, 0, 1);
    refuses(
        "probabilities[1] must sum to 1 within 0.001, as from a softmax: 0.75",
        0.5f,
        0.5f,
        0.5f,
        0.25f);
    refuses("probabilities must have 2 x 2 numbers, labels times classes: 3", 1, 0, 1);
  }

  private static void refuses(String message, float... probabilities) {
    refuses(
        message, () -> LabelledPredictions.of(List.of("a", "b"), new int[] {0, 1}, probabilities));
  }

  @Test
  void refusesBadLabelsAndShapes() {
    refuses(
        "labels must not be empty", () -> LabelledPredictions.of(PETS, new int[0], new float[0]));
    refuses(
        "classNames must not be empty",
        () -> LabelledPredictions.of(List.of(), new int[1], new float[0]));
    Stream.of(-1, 3)
        .forEach(
            label ->
                refuses(
                    "labels[1] must be from 0 to 2: " + label,
                    () ->
                        LabelledPredictions.of(
                            PETS, new int[] {0, label}, new float[] {1, 0, 0, 1, 0, 0})));
    refuses(
        "probabilities must have one row for each of the 2 labels: 1 rows",
        () -> LabelledPredictions.of(PETS, new int[2], new float[1][3]));
    refuses(
        "probabilities[1] must have one number for each of the 3 classes: 2 numbers",
        () -> LabelledPredictions.of(PETS, new int[2], new float[][] {{1, 0, 0}, {1, 0}}));
    refuses("k must be from 1 to 3, the number of classes: 4", () -> FOUR.topKAccuracy(4));
    refuses("bins must be at least 1: 0", () -> FOUR.calibration(0));
  }

  private static void refuses(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
