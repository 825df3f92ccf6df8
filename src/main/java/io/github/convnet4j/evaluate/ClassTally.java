package io.github.convnet4j.evaluate;

import java.util.function.ToDoubleFunction;

/** Counts labels and predictions of each class. */
final class ClassTally implements Metric.Tally {
  private final String metric;
  private final ClassLayout layout;
  private final ToDoubleFunction<ClassCounts> formula;
  private ClassCounts counts;

  /**
   * @param metric the name to use in messages
   */
  ClassTally(String metric, ClassLayout layout, ToDoubleFunction<ClassCounts> formula) {
    this.metric = metric;
    this.layout = layout;
    this.formula = formula;
    this.counts = new ClassCounts(layout.classes());
  }

  @Override
  public void add(int examples, float[] predictions, float[] targets) {
    int[] labels = layout.labels(examples, predictions, targets);
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] != ClassLayout.NOT_LABELLED) {
        counts.add(labels[row], layout.prediction(predictions, row));
      }
    }
  }

  @Override
  public double value() {
    return formula.applyAsDouble(counts);
  }

  @Override
  public double[] state() {
    return counts.state();
  }

  @Override
  public void restore(double[] state) {
    TallyState reader = new TallyState(metric, state);
    ClassCounts read = ClassCounts.read(reader, layout.classes());
    reader.end();
    counts = read;
  }
}
