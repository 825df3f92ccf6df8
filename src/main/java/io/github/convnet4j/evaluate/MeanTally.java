package io.github.convnet4j.evaluate;

import java.util.function.DoubleConsumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Computes the mean of numbers that are computed from each example, or a function of the mean. */
final class MeanTally implements Metric.Tally {
  private final String metric;
  private final Terms terms;
  private final DoubleUnaryOperator result;
  private RunningSum sum = new RunningSum();
  private long count;

  /** Computes the numbers of a batch. */
  interface Terms {
    /**
     * Checks the batch, and only then passes its numbers to {@code mean}, in order.
     *
     * @throws IllegalArgumentException if an array has a wrong length or a value is not valid
     */
    void of(int examples, float[] predictions, float[] targets, DoubleConsumer mean);
  }

  /**
   * @param metric the name to use in messages
   * @param terms computes the numbers
   * @param result computes the value from the mean
   */
  MeanTally(String metric, Terms terms, DoubleUnaryOperator result) {
    this.metric = metric;
    this.terms = terms;
    this.result = result;
  }

  @Override
  public void add(int examples, float[] predictions, float[] targets) {
    terms.of(examples, predictions, targets, this::add);
  }

  private void add(double term) {
    sum.add(term);
    count++;
  }

  @Override
  public double value() {
    return result.applyAsDouble(sum.value() / count);
  }

  @Override
  public double[] state() {
    return DoubleStream.concat(DoubleStream.of((double) count), sum.state()).toArray();
  }

  @Override
  public void restore(double[] state) {
    TallyState reader = new TallyState(metric, state);
    long readCount = reader.nextCount();
    RunningSum readSum = RunningSum.read(reader);
    reader.end();
    count = readCount;
    sum = readSum;
  }
}
