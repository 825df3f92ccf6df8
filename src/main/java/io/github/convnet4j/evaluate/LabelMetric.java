package io.github.convnet4j.evaluate;

import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * A metric for examples that may have any number of labels.
 *
 * @param name its name
 * @param formula how it is computed
 */
record LabelMetric(String name, Formula formula) implements Metric {
  /** Computes a value from counts; NaN if there are no examples. */
  enum Formula {
    ACCURACY {
      @Override
      double of(LabelCounts counts) {
        int n = counts.labels().classes();
        return (double) IntStream.range(0, n).mapToLong(counts::correct).sum()
            / (n * counts.examples());
      }
    },

    EXACT_MATCH {
      @Override
      double of(LabelCounts counts) {
        return (double) counts.exact() / counts.examples();
      }
    },

    PRECISION {
      @Override
      double of(LabelCounts counts) {
        return macro(counts, Ratio.PRECISION);
      }
    },

    RECALL {
      @Override
      double of(LabelCounts counts) {
        return macro(counts, Ratio.RECALL);
      }
    },

    F1 {
      @Override
      double of(LabelCounts counts) {
        return macro(counts, Ratio.F1);
      }
    },

    MICRO_PRECISION {
      @Override
      double of(LabelCounts counts) {
        return micro(counts, Ratio.PRECISION);
      }
    },

    MICRO_RECALL {
      @Override
      double of(LabelCounts counts) {
        return micro(counts, Ratio.RECALL);
      }
    },

    MICRO_F1 {
      @Override
      double of(LabelCounts counts) {
        return micro(counts, Ratio.F1);
      }
    },

    WEIGHTED_F1 {
      @Override
      double of(LabelCounts counts) {
        ClassCounts labels = counts.labels();
        return counts.examples() > 0 && labels.allLabelled() == 0
            ? 0
            : ClassFormula.weighted(labels, Ratio.F1);
      }
    };

    abstract double of(LabelCounts counts);

    /** Returns the score of all labels together. */
    private static double micro(LabelCounts counts, Ratio ratio) {
      ClassCounts labels = counts.labels();
      return counts.examples() == 0
          ? Double.NaN
          : ratio.of(labels.allHits(), labels.allPredicted(), labels.allLabelled());
    }

    /** Returns the mean over all labels, as scikit-learn computes it. */
    private static double macro(LabelCounts counts, Ratio ratio) {
      ClassCounts labels = counts.labels();
      return counts.examples() == 0
          ? Double.NaN
          : PairwiseSum.mean(
              IntStream.range(0, labels.classes())
                  .mapToDouble(label -> ratio.of(labels, label))
                  .toArray());
    }
  }

  @Override
  public Tally tally(Shape prediction, Shape target) {
    return new LabelTally(layout(name, prediction, target));
  }

  /** Returns the layout for labels, {@code [labels]} both. */
  static BatchLayout layout(String metric, Shape prediction, Shape target) {
    if (!BatchLayout.known(prediction)
        || prediction.numDimensions() != 1
        || !prediction.equals(target)) {
      throw BatchLayout.unsuitable(
          metric, "probabilities of labels and their targets, [labels] both", prediction, target);
    }
    return BatchLayout.of(prediction, target);
  }

  @Override
  public String toString() {
    return name;
  }

  private final class LabelTally implements Tally {
    private final BatchLayout layout;
    private LabelCounts counts;

    LabelTally(BatchLayout layout) {
      this.layout = layout;
      this.counts = new LabelCounts(labels());
    }

    private int labels() {
      return Math.toIntExact(layout.target().size());
    }

    @Override
    public void add(int examples, float[] predictions, float[] targets) {
      layout.check(examples, predictions, targets);
      counts.add(targets, predictions);
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
      TallyState reader = new TallyState(name, state);
      LabelCounts read = LabelCounts.read(reader, labels());
      reader.end();
      counts = read;
    }
  }
}
