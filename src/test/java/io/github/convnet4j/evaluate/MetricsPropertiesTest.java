package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of the metrics of any predictions. */
class MetricsPropertiesTest {
  private static final int TRIES = 300;

  @Property(tries = TRIES)
  void microScoresOfAllClassesAreTheAccuracy(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 1, max = 9) int classes) {
    LabelledPredictions predictions = random(new Random(seed), n, classes);
    ClassScores micro = predictions.report().micro();
    assertEquals(predictions.accuracy(), micro.f1());
    assertEquals(predictions.accuracy(), micro.precision());
    assertEquals(predictions.accuracy(), micro.recall());
    assertEquals(predictions.accuracy(), predictions.report().weighted().recall(), 1e-14);
  }

  @Property(tries = TRIES)
  void perfectPredictionsHavePerfectScores(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 30) int more,
      @ForAll @IntRange(min = 2, max = 9) int classes) {
    Random random = new Random(seed);
    int[] labels =
        IntStream.range(0, classes + more)
            .map(i -> i < classes ? i : random.nextInt(classes))
            .toArray();
    float[][] probabilities = new float[labels.length][classes];
    IntStream.range(0, labels.length).forEach(i -> probabilities[i][labels[i]] = 1);
    LabelledPredictions perfect = LabelledPredictions.of(names(classes), labels, probabilities);
    assertEquals(1, perfect.accuracy());
    assertEquals(1, perfect.topKAccuracy(1));
    assertEquals(1, perfect.accuracyInterval().high());
    assertEquals(1, perfect.report().macro().f1());
    assertEquals(1, perfect.report().weighted().f1());
    assertEquals(OptionalDouble.of(1), perfect.rocAuc().macro());
    assertEquals(OptionalDouble.of(1), perfect.rocAuc().weighted());
    assertEquals(0, perfect.logLoss());
    assertEquals(0, perfect.brierScore());
    assertEquals(0, perfect.calibration().expectedError());
    assertEquals(List.of(), perfect.report().notes());
  }

  @Property(tries = TRIES)
  void areaIsTheShareOfCorrectlyOrderedPairs(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n) {
    Scores scores = new Scores(new Random(seed), n);
    double won = 0;
    int pairs = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (scores.positive[i] && !scores.positive[j]) {
          pairs++;
          won += (Math.signum(scores.values[i] - scores.values[j]) + 1) / 2;
        }
      }
    }
    OptionalDouble area = RocAuc.area(scores.values, scores.positive);
    assertEquals(pairs > 0, area.isPresent());
    if (pairs > 0) {
      assertEquals(won / pairs, area.getAsDouble(), 1e-15);
    }
  }

  @Property(tries = TRIES)
  void areaDependsOnlyOnTheOrderOfScores(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int n) {
    Scores scores = new Scores(new Random(seed), n);
    float[] squares = new float[n];
    float[] against = new float[n];
    IntStream.range(0, n)
        .forEach(
            i -> {
              squares[i] = scores.values[i] * scores.values[i];
              against[i] = -scores.values[i];
            });
    OptionalDouble area = RocAuc.area(scores.values, scores.positive);
    assertEquals(area, RocAuc.area(squares, scores.positive));
    if (area.isPresent()) {
      assertEquals(
          1 - area.getAsDouble(), RocAuc.area(against, scores.positive).getAsDouble(), 1e-15);
    }
  }

  @Property(tries = TRIES)
  void topKAccuracyGrowsWithK(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 2, max = 9) int classes) {
    LabelledPredictions predictions = random(new Random(seed), n, classes);
    for (int k = 2; k <= classes; k++) {
      assertTrue(predictions.topKAccuracy(k) >= predictions.topKAccuracy(k - 1));
    }
    assertEquals(1, predictions.topKAccuracy(classes));
  }

  @Property(tries = TRIES)
  void oneBinComparesMeanConfidenceWithAccuracy(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(min = 2, max = 9) int classes) {
    LabelledPredictions predictions = random(new Random(seed), n, classes);
    double confidence =
        IntStream.range(0, n)
            .mapToDouble(i -> predictions.probability(i, predictions.prediction(i)))
            .average()
            .getAsDouble();
    double apart = Math.abs(confidence - predictions.accuracy());
    assertEquals(apart, predictions.calibration(1).expectedError(), 1e-14);
    // Errors cancel less in finer bins.
    Calibration fine = predictions.calibration();
    assertTrue(fine.expectedError() >= apart - 1e-14);
    assertTrue(fine.maximumError() >= fine.expectedError() - 1e-14);
    assertEquals(n, fine.bins().stream().mapToLong(Calibration.Bin::count).sum());
  }

  /** Returns rows of multiples of 1/64, so that many are equal. */
  private static LabelledPredictions random(Random random, int n, int classes) {
    float[][] probabilities = new float[n][classes];
    for (float[] row : probabilities) {
      for (int part = 0; part < 64; part++) {
        row[(int) (classes * random.nextDouble() * random.nextDouble())] += 1 / 64f;
      }
    }
    return LabelledPredictions.of(
        names(classes), random.ints(n, 0, classes).toArray(), probabilities);
  }

  private static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
  }

  /** Scores with few distinct values, and whether each is positive. */
  private static final class Scores {
    final float[] values;
    final boolean[] positive;

    Scores(Random random, int n) {
      values = new float[n];
      positive = new boolean[n];
      for (int i = 0; i < n; i++) {
        values[i] = random.nextInt(17) / 16f;
        positive[i] = random.nextInt(3) == 0;
      }
    }
  }
}
