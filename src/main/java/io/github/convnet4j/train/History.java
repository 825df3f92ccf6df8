package io.github.convnet4j.train;

import java.util.List;

/**
 * The results of one call of {@code fit}.
 *
 * @param epochs the completed epochs, in order; empty if training was stopped in the first one
 */
public record History(List<EpochResult> epochs) {
  public History {
    epochs = List.copyOf(epochs);
  }

  /** Returns the epochs' costs, in order. */
  public List<Double> costs() {
    return epochs.stream().map(EpochResult::cost).toList();
  }

  /**
   * Returns the last epoch.
   *
   * @throws IllegalStateException if no epoch was completed
   */
  public EpochResult last() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException("no epoch was completed");
    }
    return epochs.get(epochs.size() - 1);
  }
}
