package io.github.convnet4j.task;

import java.util.ArrayList;
import java.util.List;

/** The predicted probability of each label of an example. Immutable. */
public final class LabelPrediction {
  private static final float THRESHOLD = 0.5f;

  private final List<String> labelNames;
  private final float[] probabilities;

  LabelPrediction(List<String> labelNames, float[] probabilities) {
    this.labelNames = labelNames;
    this.probabilities = probabilities;
  }

  /** Returns the name of each label. */
  public List<String> labelNames() {
    return labelNames;
  }

  /** Returns a copy of the probabilities, {@code [labels]}. */
  public float[] probabilities() {
    return probabilities.clone();
  }

  /**
   * Returns the probability of a label.
   *
   * @throws IllegalArgumentException if there is no label of that name
   */
  public float probability(String labelName) {
    int index = labelNames.indexOf(labelName);
    if (index < 0) {
      throw new IllegalArgumentException(
          "labelName must be one of %s: %s".formatted(labelNames, labelName));
    }
    return probabilities[index];
  }

  /** Returns the names of the labels whose probability is at least one half, in order. */
  public List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      if (probabilities[i] >= THRESHOLD) {
        labels.add(labelNames.get(i));
      }
    }
    return List.copyOf(labels);
  }

  @Override
  public String toString() {
    return labels().toString();
  }
}
