package io.github.convnet4j.evaluate;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Metrics that are computed from how many examples belong to each class, were predicted as it, and
 * both. All are NaN if there are no examples.
 */
enum ClassFormula {
  ACCURACY {
    @Override
    double of(ClassCounts counts) {
      return (double) counts.allHits() / counts.allLabelled();
    }
  },

  PRECISION {
    @Override
    double of(ClassCounts counts) {
      return macro(counts, Ratio.PRECISION);
    }
  },

  RECALL {
    @Override
    double of(ClassCounts counts) {
      return macro(counts, Ratio.RECALL);
    }
  },

  F1 {
    @Override
    double of(ClassCounts counts) {
      return macro(counts, Ratio.F1);
    }
  },

  PRECISION_WEIGHTED {
    @Override
    double of(ClassCounts counts) {
      return weighted(counts, Ratio.PRECISION);
    }
  },

  F1_WEIGHTED {
    @Override
    double of(ClassCounts counts) {
      return weighted(counts, Ratio.F1);
    }
  },

  IOU {
    @Override
    double of(ClassCounts counts) {
      return macro(counts, Ratio.IOU);
    }
  },

  BALANCED_ACCURACY {
    @Override
    double of(ClassCounts counts) {
      return mean(counts, Ratio.RECALL, c -> counts.labelled(c) > 0);
    }
  },

  COHEN_KAPPA {
    @Override
    double of(ClassCounts counts) {
      double n = counts.allLabelled();
      return 1 - (n - counts.allHits()) / (n - expected(counts) / n);
    }
  },

  MATTHEWS {
    @Override
    double of(ClassCounts counts) {
      double n = counts.allLabelled();
      double labels = n * n;
      double predictions = n * n;
      for (int c = 0; c < counts.classes(); c++) {
        labels -= (double) counts.labelled(c) * counts.labelled(c);
        predictions -= (double) counts.predicted(c) * counts.predicted(c);
      }
      double covariance = counts.allHits() * n - expected(counts);
      if (n == 0) {
        return Double.NaN;
      }
      return labels == 0 || predictions == 0
          ? 0
          : covariance / (Math.sqrt(labels) * Math.sqrt(predictions));
    }
  };

  abstract double of(ClassCounts counts);

  /** Returns the mean over the classes that have examples or were predicted. */
  private static double macro(ClassCounts counts, Ratio ratio) {
    return mean(counts, ratio, c -> counts.labelled(c) + counts.predicted(c) > 0);
  }

  /** Returns the mean, weighted by the number of examples of each class. */
  static double weighted(ClassCounts counts, Ratio ratio) {
    return PairwiseSum.of(
            IntStream.range(0, counts.classes())
                .mapToDouble(c -> counts.labelled(c) * ratio.of(counts, c))
                .toArray())
        / counts.allLabelled();
  }

  private static double mean(ClassCounts counts, Ratio ratio, IntPredicate which) {
    return PairwiseSum.mean(
        IntStream.range(0, counts.classes())
            .filter(which)
            .mapToDouble(c -> ratio.of(counts, c))
            .toArray());
  }

  /**
   * Returns the number of pairs of a label and a prediction, each of any example, that are of the
   * same class.
   */
  private static double expected(ClassCounts counts) {
    return IntStream.range(0, counts.classes())
        .mapToDouble(c -> (double) counts.labelled(c) * counts.predicted(c))
        .sum();
  }
}
