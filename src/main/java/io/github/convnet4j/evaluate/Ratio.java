package io.github.convnet4j.evaluate;

/** A score of one class, computed from counts. It is 0 if it would divide by zero. */
enum Ratio {
  /** The share of the examples predicted as the class that belong to it. */
  PRECISION("precision") {
    @Override
    double of(long hits, long predicted, long labelled) {
      return divide(hits, predicted);
    }
  },

  /** The share of the examples of the class that were predicted as it. */
  RECALL("recall") {
    @Override
    double of(long hits, long predicted, long labelled) {
      return divide(hits, labelled);
    }
  },

  /** The harmonic mean of precision and recall. */
  F1("f1") {
    @Override
    double of(long hits, long predicted, long labelled) {
      return divide(2 * hits, predicted + labelled);
    }
  },

  /** The Dice coefficient of the class's examples and those predicted as it: the same number. */
  DICE("dice") {
    @Override
    double of(long hits, long predicted, long labelled) {
      return F1.of(hits, predicted, labelled);
    }
  },

  /** The intersection over the union of the class's examples and those predicted as it. */
  IOU("iou") {
    @Override
    double of(long hits, long predicted, long labelled) {
      return divide(hits, predicted + labelled - hits);
    }
  };

  private final String lowerCase;

  Ratio(String lowerCase) {
    this.lowerCase = lowerCase;
  }

  /** The name as part of a metric's name. */
  String lowerCase() {
    return lowerCase;
  }

  /**
   * @param hits examples of the class that were predicted as it
   * @param predicted examples that were predicted as the class
   * @param labelled examples of the class
   */
  abstract double of(long hits, long predicted, long labelled);

  /** Returns the score of class {@code c}. */
  double of(ClassCounts counts, int c) {
    return of(counts.hits(c), counts.predicted(c), counts.labelled(c));
  }

  private static double divide(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
