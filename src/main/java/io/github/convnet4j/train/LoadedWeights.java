package io.github.convnet4j.train;

import java.util.List;

/**
 * What {@link Model#loadWeights} did.
 *
 * @param loaded the variables that got new values
 * @param left the variables of the weights that the model does not have
 * @param unchanged the variables of the model that the weights do not have
 */
public record LoadedWeights(List<String> loaded, List<String> left, List<String> unchanged) {
  /** Keeps copies of the lists. */
  public LoadedWeights {
    loaded = List.copyOf(loaded);
    left = List.copyOf(left);
    unchanged = List.copyOf(unchanged);
  }

  /** Returns the names in three lines. */
  @Override
  public String toString() {
    return "loaded: %s%nnot in the model: %s%nunchanged: %s"
        .formatted(names(loaded), names(left), names(unchanged));
  }

  private static String names(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
