package io.github.convnet4j.examples;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws small whole numbers in a grid of lines, as on the slides. */
final class Grid {
  private Grid() {}

  static String draw(float[][] values) {
    String line = "+---".repeat(values[0].length) + "+";
    return Arrays.stream(values)
        .map(Grid::row)
        .collect(Collectors.joining("\n" + line + "\n", line + "\n", "\n" + line));
  }

  private static String row(float[] row) {
    StringBuilder text = new StringBuilder("|");
    for (float value : row) {
      text.append(String.format(Locale.ROOT, "%2.0f |", value));
    }
    return text.toString();
  }
}
