package io.github.convnet4j.evaluate;

import io.github.convnet4j.check.Require;
import org.tensorflow.ndarray.Shape;

/**
 * The share of examples whose class is among the most likely ones.
 *
 * @param k how many of the most likely classes, at least 1
 */
record TopKAccuracy(int k) implements Metric {
  TopKAccuracy {
    Require.atLeast("k", k, 1);
  }

  @Override
  public String name() {
    return "top_%s_accuracy".formatted(k);
  }

  @Override
  public Tally tally(Shape prediction, Shape target) {
    ClassLayout layout = ClassLayout.of(name(), prediction, target);
    if (k > layout.classes()) {
      throw BatchLayout.unsuitable(name(), "at least %s classes".formatted(k), prediction, target);
    }
    return new TopKTally(layout);
  }

  @Override
  public String toString() {
    return name();
  }

  private final class TopKTally implements Tally {
    private final ClassLayout layout;
    private long hits;
    private long total;

    TopKTally(ClassLayout layout) {
      this.layout = layout;
    }

    @Override
    public void add(int examples, float[] predictions, float[] targets) {
      int[] labels = layout.labels(examples, predictions, targets);
      for (int row = 0; row < labels.length; row++) {
        if (labels[row] != ClassLayout.NOT_LABELLED) {
          hits += isAmongTheFirst(predictions, row * layout.classes(), labels[row]) ? 1 : 0;
          total++;
        }
      }
    }

    /** If two classes are equally likely, the later one is ahead, as in scikit-learn. */
    private boolean isAmongTheFirst(float[] predictions, int from, int label) {
      float own = predictions[from + label];
      int ahead = 0;
      for (int c = 0; c < layout.classes(); c++) {
        float other = predictions[from + c];
        ahead += other > own || (other == own && c > label) ? 1 : 0;
      }
      return ahead < k && !Float.isNaN(own);
    }

    @Override
    public double value() {
      return (double) hits / total;
    }

    @Override
    public double[] state() {
      return new double[] {hits, total};
    }

    @Override
    public void restore(double[] state) {
      TallyState reader = new TallyState(name(), state);
      long readHits = reader.nextCount();
      long readTotal = reader.nextCount();
      reader.end();
      hits = readHits;
      total = readTotal;
    }
  }
}
