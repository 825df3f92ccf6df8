package io.github.convnet4j.evaluate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps the scores of all examples, since the area depends on the order of all of them. */
final class AreaTally implements Metric.Tally {
  private final String metric;
  private final Curve curve;
  private final int columns;
  private final int first;
  private final Positives positives;
  private final List<Batch> batches = new ArrayList<>();
  private int examples;

  /** Finds the scores of a batch that should be high. */
  interface Positives {
    /**
     * Checks the batch, and returns the places in {@code predictions} of those classes or labels
     * that the example has.
     *
     * @throws IllegalArgumentException if an array has a wrong length or a target is not valid
     */
    BitSet of(int examples, float[] predictions, float[] targets);
  }

  /** Scores of some examples. */
  private static final class Batch {
    /** {@code [examples, columns]}. */
    final float[] scores;

    /** The places of scores that should be high. */
    final BitSet positive;

    Batch(float[] scores, BitSet positive) {
      this.scores = scores;
      this.positive = positive;
    }
  }

  /**
   * @param metric the name to use in messages
   * @param columns number of classes or labels
   * @param first the first of those to average over
   */
  AreaTally(String metric, Curve curve, int columns, int first, Positives positives) {
    this.metric = metric;
    this.curve = curve;
    this.columns = columns;
    this.first = first;
    this.positives = positives;
  }

  @Override
  public void add(int more, float[] predictions, float[] targets) {
    BitSet positive = positives.of(more, predictions, targets);
    batches.add(new Batch(predictions.clone(), positive));
    examples = Math.addExact(examples, more);
  }

  /** NaN if a class has no area or a score is not a number. */
  @Override
  public double value() {
    return PairwiseSum.mean(IntStream.range(first, columns).mapToDouble(this::area).toArray());
  }

  private double area(int column) {
    float[] scores = new float[examples];
    boolean[] positive = new boolean[examples];
    boolean isNaN = false;
    int example = 0;
    for (Batch batch : batches) {
      for (int place = column; place < batch.scores.length; place += columns) {
        scores[example] = batch.scores[place];
        positive[example] = batch.positive.get(place);
        isNaN |= Float.isNaN(scores[example]);
        example++;
      }
    }
    return isNaN ? Double.NaN : curve.area(scores, positive);
  }

  /**
   * Returns {@code [columns, examples, positive scores, scores..., places of positive scores...]}.
   *
   * @throws IllegalStateException if there are too many scores for an array
   */
  @Override
  public double[] state() {
    long positiveCount = batches.stream().mapToLong(batch -> batch.positive.cardinality()).sum();
    long length = 3 + (long) examples * columns + positiveCount;
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "%s cannot save its scores of %d examples for %d classes, which are too many: leave it out"
              .formatted(metric, examples, columns));
    }
    double[] state = new double[(int) length];
    state[0] = columns;
    state[1] = examples;
    state[2] = positiveCount;
    int place = 3;
    for (Batch batch : batches) {
      for (float score : batch.scores) {
        state[place++] = score;
      }
    }
    int from = 0;
    for (Batch batch : batches) {
      for (int i = batch.positive.nextSetBit(0); i >= 0; i = batch.positive.nextSetBit(i + 1)) {
        state[place++] = from + i;
      }
      from += batch.scores.length;
    }
    return state;
  }

  @Override
  public void restore(double[] state) {
    TallyState reader = new TallyState(metric, state);
    reader.require("classes", columns);
    int readExamples = reader.nextIndex(state.length / columns + 1);
    int positiveCount = reader.nextIndex(state.length);
    float[] scores = new float[readExamples * columns];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) reader.next();
    }
    BitSet positive = new BitSet(scores.length);
    for (int i = 0; i < positiveCount; i++) {
      positive.set(reader.nextIndex(scores.length));
    }
    reader.end();
    batches.clear();
    batches.add(new Batch(scores, positive));
    examples = readExamples;
  }
}
