package io.github.convnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Properties of the tallies of all built-in metrics. */
class TallyPropertiesTest {
  private static final int TRIES = 600;

  @Provide
  Arbitrary<Metric> metrics() {
    List<Metric> all = new ArrayList<>(Metrics.names().stream().map(Metrics::named).toList());
    all.add(Metrics.topKAccuracy(2));
    all.add(Metrics.f1OfClass(1));
    all.add(Metrics.iouOfClass(0));
    return Arbitraries.of(all);
  }

  @Property(tries = TRIES)
  void theValueDoesNotDependOnTheBatches(
      @ForAll("metrics") Metric metric,
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int n,
      @ForAll @IntRange(min = 1, max = 41) int batchSize,
      @ForAll @IntRange(min = 1, max = 41) int otherSize) {
    Examples examples = Examples.random(metric, n, seed);
    Metric.Tally tally = examples.tally(metric, batchSize);
    Metric.Tally other = examples.tally(metric, otherSize);
    assertEquals(tally.value(), other.value());
    assertArrayEquals(tally.state(), other.state());
  }

  /** Errors are summed with rounding errors that depend on the order. */
  @Property(tries = TRIES)
  void theValueDoesNotDependOnTheOrder(
      @ForAll("metrics") Metric metric,
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 39) int split) {
    Examples examples = Examples.random(metric, n, seed);
    int half = Math.min(split, n);
    Metric.Tally turned = metric.tally(examples.prediction, examples.target);
    examples.add(turned, half, n, 7);
    examples.add(turned, 0, half, 7);
    double value = examples.tally(metric, n).value();
    boolean sumsErrors =
        metric instanceof ErrorMetric
            || metric instanceof R2
            || metric instanceof LogLoss
            || metric instanceof Psnr;
    assertEquals(value, turned.value(), sumsErrors ? 1e-13 * Math.abs(value) + 1e-300 : 0.0);
  }

  @Property(tries = TRIES)
  void aRestoredTallyContinuesExactly(
      @ForAll("metrics") Metric metric,
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int n,
      @ForAll @IntRange(max = 40) int split) {
    Examples examples = Examples.random(metric, n, seed);
    int half = Math.min(split, n);
    Metric.Tally first = metric.tally(examples.prediction, examples.target);
    examples.add(first, 0, half, 7);
    double[] state = first.state();
    // What was added before is replaced.
    Metric.Tally second = Examples.random(metric, 5, seed + 1).tally(metric, 2);
    second.restore(state);
    assertArrayEquals(state, second.state());
    assertEquals(first.value(), second.value());
    examples.add(first, half, n, 3);
    examples.add(second, half, n, 5);
    assertEquals(first.value(), second.value());
    assertArrayEquals(first.state(), second.state());
  }

  @Property(tries = TRIES)
  void aStateOfAWrongLengthIsRefused(
      @ForAll("metrics") Metric metric,
      @ForAll long seed,
      @ForAll @IntRange(max = 10) int n,
      @ForAll @IntRange(max = 100) int cut) {
    Examples examples = Examples.random(metric, n, seed);
    Metric.Tally tally = examples.tally(metric, 4);
    double[] state = tally.state();
    assertRefuses(tally, Arrays.copyOf(state, Math.min(cut, state.length - 1)), metric);
    double[] longer = Arrays.copyOf(state, state.length + 1);
    longer[state.length] = -1;
    assertRefuses(tally, longer, metric);
    assertArrayEquals(state, tally.state());
  }

  @Property(tries = TRIES)
  void aStateWithABadCountIsRefused(
      @ForAll("metrics") Metric metric, @ForAll long seed, @ForAll @IntRange(max = 10) int n) {
    Examples examples = Examples.random(metric, n, seed);
    Metric.Tally tally = examples.tally(metric, 4);
    double[] state = tally.state();
    for (double bad : new double[] {-1, 0.5, Double.NaN, 1e300}) {
      double[] changed = state.clone();
      changed[0] = bad;
      assertRefuses(tally, changed, metric);
    }
    assertArrayEquals(state, tally.state());
  }

  private static void assertRefuses(Metric.Tally tally, double[] state, Metric metric) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> tally.restore(state)).getMessage();
    assertTrue(message.contains(metric.name()), message);
  }

  @Property(tries = TRIES)
  void accuracyIsThatOfTheConfusionMatrix(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 41) int batchSize) {
    Examples examples = Examples.random(Metrics.accuracy(), n, seed);
    ConfusionTally tally = ConfusionTally.of(examples.prediction, examples.target);
    examples.add(tally, 0, n, batchSize);
    assertEquals(examples.tally(Metrics.accuracy(), n).value(), tally.value());
    ClassificationReport report = ClassificationReport.of(tally.matrix(List.of("a", "b", "c")));
    assertEquals(
        report.classes().get(1).f1(), examples.tally(Metrics.f1OfClass(1), batchSize).value());
  }
}
