package io.github.convnet4j.evaluate;

import org.tensorflow.ndarray.Shape;

/**
 * A metric computed from how many examples belong to each class, were predicted as it, and both.
 *
 * @param name its name
 * @param formula how it is computed
 */
record ClassMetric(String name, Formula formula) implements Metric {
  /** Computes a value from counts. */
  enum Formula {
    ACCURACY {
      @Override
      double of(ClassCounts counts) {
        return (double) counts.allHits() / counts.allLabelled();
      }
    };

    abstract double of(ClassCounts counts);
  }

  @Override
  public Tally tally(Shape prediction, Shape target) {
    return new ClassTally(name, ClassLayout.of(name, prediction, target), formula);
  }

  private static final class ClassTally implements Tally {
    private final String name;
    private final ClassLayout layout;
    private final Formula formula;
    private final ClassCounts counts;

    ClassTally(String name, ClassLayout layout, Formula formula) {
      this.name = name;
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
      return formula.of(counts);
    }

    @Override
    public double[] state() {
      return counts.state();
    }

    @Override
    public void restore(double[] state) {
      counts.restore(new TallyState(name, state));
    }
  }
}
