package io.github.convnet4j.listener;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The parts of a progress line. */
final class ProgressText {
  private static final int SHORTEST_BAR = 6;
  private static final int LONGEST_BAR = 30;

  private ProgressText() {}

  /** {@code Epoch 3/15}. */
  static String epoch(int epoch, int last) {
    return "Epoch " + outOf(epoch, last);
  }

  /** {@code 3/15}, padded to the same length for every number. */
  static String outOf(int number, int last) {
    String all = String.valueOf(last);
    return String.format(Locale.ROOT, "%" + all.length() + "d/%s", number, all);
  }

  /** {@code [=====>....]}, in this many columns including the brackets, if possible. */
  static String bar(int done, int all, int columns) {
    int length = Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, columns - 2));
    int full = (int) ((long) length * done / all);
    String head = full < length ? ">" : "";
    return "[" + "=".repeat(full) + head + ".".repeat(length - full - head.length()) + "]";
  }

  /** {@code 0:21} or {@code 1:05:00}, to the nearest second. */
  static String duration(long nanos) {
    Duration rounded = Duration.ofSeconds(Math.round(nanos / 1e9));
    return rounded.toHours() > 0
        ? String.format(
            Locale.ROOT,
            "%d:%02d:%02d",
            rounded.toHours(),
            rounded.toMinutesPart(),
            rounded.toSecondsPart())
        : String.format(Locale.ROOT, "%d:%02d", rounded.toMinutes(), rounded.toSecondsPart());
  }

  /** How many per second. */
  static String rate(int number, long nanos) {
    double rate = number / (Math.max(1, nanos) / 1e9);
    return String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%.0f", rate);
  }

  /** {@code cost 0.1234, accuracy 0.9612}. */
  static String numbers(Map<String, Double> values, String separator) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + " " + number(entry.getValue()))
        .collect(Collectors.joining(separator));
  }

  /** Four places, or, for small numbers other than 0, three digits. */
  private static String number(double value) {
    boolean small = Math.abs(value) < 0.001 && value != 0;
    return String.format(Locale.ROOT, small ? "%.2e" : "%.4f", value);
  }
}
