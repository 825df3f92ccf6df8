package io.github.convnet4j.evaluate;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/** The coefficient of determination, averaged over the targets. */
record R2() implements Metric {
  @Override
  public String name() {
    return "r2";
  }

  @Override
  public Tally tally(Shape prediction, Shape target) {
    if (!BatchLayout.known(prediction)
        || prediction.numDimensions() != 1
        || !prediction.equals(target)) {
      throw BatchLayout.unsuitable(
          name(), "numbers and their targets, [n] both", prediction, target);
    }
    return new R2Tally(BatchLayout.of(prediction, target));
  }

  @Override
  public String toString() {
    return name();
  }

  private final class R2Tally implements Tally {
    private final BatchLayout layout;
    private Column[] columns;
    private long examples;

    R2Tally(BatchLayout layout) {
      this.layout = layout;
      this.columns =
          Stream.generate(Column::new).limit(layout.target().size()).toArray(Column[]::new);
    }

    @Override
    public void add(int more, float[] predictions, float[] targets) {
      layout.check(more, predictions, targets);
      int n = columns.length;
      for (int i = 0; i < more; i++) {
        examples++;
        for (int c = 0; c < n; c++) {
          columns[c].add(examples, predictions[i * n + c], targets[i * n + c]);
        }
      }
    }

    @Override
    public double value() {
      return PairwiseSum.mean(Stream.of(columns).mapToDouble(Column::r2).toArray());
    }

    @Override
    public double[] state() {
      return DoubleStream.concat(
              DoubleStream.of(columns.length, (double) examples),
              Stream.of(columns).flatMapToDouble(Column::state))
          .toArray();
    }

    @Override
    public void restore(double[] state) {
      TallyState reader = new TallyState(name(), state);
      reader.require("targets", columns.length);
      long readExamples = reader.nextCount();
      Column[] read = new Column[columns.length];
      for (int c = 0; c < read.length; c++) {
        read[c] = Column.read(reader);
      }
      reader.end();
      examples = readExamples;
      columns = read;
    }
  }

  /**
   * The sums of one target. Its mean and its squared distances from the mean are updated for each
   * example: B. P. Welford, "Note on a method for calculating corrected sums of squares and
   * products", Technometrics 4(3), 1962.
   */
  private static final class Column {
    private double mean;
    private double distances;
    private RunningSum squares = new RunningSum();

    /** Adds the example with the number {@code count}, from 1. */
    void add(long count, double prediction, double target) {
      double before = target - mean;
      mean += before / count;
      distances += before * (target - mean);
      squares.add((prediction - target) * (prediction - target));
    }

    /** NaN if the target is always the same, which keeps the distances at exactly 0. */
    double r2() {
      return distances == 0 ? Double.NaN : 1 - squares.value() / distances;
    }

    DoubleStream state() {
      return DoubleStream.concat(DoubleStream.of(mean, distances), squares.state());
    }

    static Column read(TallyState state) {
      Column read = new Column();
      read.mean = state.next();
      read.distances = state.next();
      read.squares = RunningSum.read(state);
      return read;
    }
  }
}
