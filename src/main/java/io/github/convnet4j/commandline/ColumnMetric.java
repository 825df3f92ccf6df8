package io.github.convnet4j.commandline;

import io.github.convnet4j.evaluate.Metric;
import org.tensorflow.ndarray.Shape;

/**
 * A metric of one of several labels or targets alone.
 *
 * @param metric for {@code [n]} numbers and as many targets
 * @param column which of them, from 0
 */
record ColumnMetric(Metric metric, int column) implements Metric {
  @Override
  public String name() {
    return "column_%d_%s".formatted(column, metric.name());
  }

  @Override
  public boolean higherIsBetter() {
    return metric.higherIsBetter();
  }

  @Override
  public Tally tally(Shape prediction, Shape target) {
    int n = Math.toIntExact(target.size());
    Tally one = metric.tally(Shape.of(1), Shape.of(1));
    return new Tally() {
      @Override
      public void add(int examples, float[] predictions, float[] targets) {
        one.add(examples, values(predictions, n), values(targets, n));
      }

      @Override
      public double value() {
        return one.value();
      }

      @Override
      public double[] state() {
        return one.state();
      }

      @Override
      public void restore(double[] state) {
        one.restore(state);
      }
    };
  }

  private float[] values(float[] rows, int n) {
    float[] values = new float[rows.length / n];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i * n + column];
    }
    return values;
  }
}
