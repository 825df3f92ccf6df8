package io.github.convnet4j.classifier;

import java.util.List;

/**
 * What one call of {@code fit} did.
 *
 * @param epochs the epochs that were trained to their end, in order; none if it was stopped in the
 *     first
 */
public record History(List<EpochResult> epochs) {
  public History {
    epochs = List.copyOf(epochs);
  }

  /** The epochs' costs, in order. */
  public List<Double> costs() {
    return epochs.stream().map(EpochResult::cost).toList();
  }

  /**
   * The last epoch.
   *
   * @throws IllegalStateException if no epoch was trained to its end
   */
  public EpochResult last() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException("no epoch was trained to its end");
    }
    return epochs.get(epochs.size() - 1);
  }
}
