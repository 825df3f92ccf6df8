package io.github.convnet4j.train;

import io.github.convnet4j.check.NameList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@link Model#loadWeights} did.
 *
 * @param loaded the variables that got new values
 * @param left the variables of the weights that the model does not have
 * @param unchanged the variables of the model that the weights do not have
 */
public record LoadedWeights(List<String> loaded, List<String> left, List<String> unchanged) {
  private static final int MOST_LISTED = 8;

  /** Keeps copies of the lists. */
  public LoadedWeights {
    loaded = List.copyOf(loaded);
    left = List.copyOf(left);
    unchanged = List.copyOf(unchanged);
  }

  /**
   * Checks that only these layers kept their values, for example the new head of a pretrained
   * network.
   *
   * @param layers their paths
   * @return this
   * @throws IllegalStateException if other variables kept their values; the message names them
   */
  public LoadedWeights requireAllBut(String... layers) {
    List<String> others =
        unchanged.stream()
            .filter(name -> Stream.of(layers).noneMatch(layer -> name.startsWith(layer + "/")))
            .toList();
    if (!others.isEmpty()) {
      throw new IllegalStateException(
          "only %s may keep its values, but the weights do not have %s: they also have %s, which the model does not have"
              .formatted(
                  layers.length == 0 ? "no layer" : String.join(", ", layers),
                  names(others),
                  names(left)));
    }
    return this;
  }

  /** Returns the names in three lines; of many names only the first and the number of others. */
  @Override
  public String toString() {
    return "loaded: %s%nnot in the model: %s%nunchanged: %s"
        .formatted(names(loaded), names(left), names(unchanged));
  }

  private static String names(List<String> names) {
    return names.isEmpty() ? "none" : NameList.some(names, MOST_LISTED);
  }
}
