package io.github.convnet4j.data;

/** Examples with weights, by which training multiplies their losses. */
final class WeightedExamples extends SourceView {
  private final float[] weights;

  private WeightedExamples(Source all, float[] weights) {
    super(all);
    this.weights = weights;
  }

  /** Checks and copies the weights. */
  static WeightedExamples of(Source all, float[] weights) {
    if (weights.length != all.size()) {
      throw new IllegalArgumentException(
          "weights must be %d, one for each example: %d".formatted(all.size(), weights.length));
    }
    boolean allZero = true;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && Float.isFinite(weights[i]))) {
        throw new IllegalArgumentException(
            "weights must be finite and at least 0: that of example %d is %s"
                .formatted(i, weights[i]));
      }
      allZero &= weights[i] == 0;
    }
    if (allZero) {
      throw new IllegalArgumentException("weights must not all be 0: nothing would be learned");
    }
    return new WeightedExamples(all, weights.clone());
  }

  @Override
  public boolean isWeighted() {
    return true;
  }

  @Override
  public float[] weights(int... indices) {
    float[] some = new float[indices.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = weights[indices[i]];
    }
    return some;
  }

  @Override
  public Source grouped(Groups groups) {
    return new WeightedExamples(all.grouped(groups), weights);
  }

  @Override
  public Source withWeights(float... others) {
    return of(all, others);
  }

  /** Keeps the source's own way of selecting, and so of drawing. */
  @Override
  public Source select(int[] indices) {
    return new WeightedExamples(all.select(indices), weights(indices));
  }

  @Override
  public int[] draw(int[] order, int count) {
    return all.draw(order, count);
  }

  @Override
  public String toString() {
    return "%s, with weights from %s to %s".formatted(all, least(), most());
  }

  private float least() {
    float least = weights[0];
    for (float weight : weights) {
      least = Math.min(least, weight);
    }
    return least;
  }

  private float most() {
    float most = weights[0];
    for (float weight : weights) {
      most = Math.max(most, weight);
    }
    return most;
  }
}
