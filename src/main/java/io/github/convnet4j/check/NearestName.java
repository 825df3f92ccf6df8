package io.github.convnet4j.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the names that were probably meant by a mistyped one. */
public final class NearestName {
  private NearestName() {}

  /**
   * Returns the known name that needs the fewest letters inserted, deleted or replaced; empty if
   * even that one is quite different.
   */
  public static Optional<String> of(String typed, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(typed, name)))
        .filter(name -> distance(typed, name) <= Math.max(1, typed.length() / 3));
  }

  /**
   * Returns the known names that are like another one, the best first: those that contain it or are
   * contained in it, then those that need the fewest letters inserted, deleted or replaced, at most
   * half of them.
   *
   * @param most how many names at most
   */
  public static List<String> some(String typed, Collection<String> known, int most) {
    return known.stream()
        .filter(name -> overlap(typed, name) || distance(typed, name) <= typed.length() / 2)
        .sorted(
            Comparator.comparing((String name) -> !overlap(typed, name))
                .thenComparing(name -> distance(typed, name)))
        .limit(most)
        .toList();
  }

  private static boolean overlap(String typed, String name) {
    return name.contains(typed) || typed.contains(name);
  }

  /** Levenshtein's distance. */
  private static int distance(String from, String to) {
    int[] before = new int[to.length() + 1];
    for (int j = 0; j < before.length; j++) {
      before[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[before.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(before[j], row[j - 1]) + 1);
      }
      before = row;
    }
    return before[to.length()];
  }
}
