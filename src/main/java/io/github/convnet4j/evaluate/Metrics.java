package io.github.convnet4j.evaluate;

/** The built-in metrics. */
public final class Metrics {
  private Metrics() {}

  /**
   * Returns the share of correctly classified examples; in a segmentation, of labelled pixels.
   * Called {@code accuracy}.
   */
  public static Metric accuracy() {
    return new ClassMetric("accuracy", ClassMetric.Formula.ACCURACY);
  }
}
