package io.github.convnet4j.bench.growth;

import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.stats.Quartiles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Writes and reads points as comma-separated values: a line of names, then one line per point. */
final class GrowthCsv {
  private static final String NAMES =
      "axis,batch,side,width,depth,images,threads,lower_seconds,median_seconds,upper_seconds,seconds_to_first_step,peak_resident_bytes\n";

  private GrowthCsv() {}

  /** Writes points; the peak is empty if it is not available. */
  static String of(List<Point> points) {
    return points.stream().map(GrowthCsv::line).collect(Collectors.joining("", NAMES, ""));
  }

  /**
   * Reads what {@link #of} wrote. The count of the quartiles is not saved, and becomes 1.
   *
   * @throws UsageException if it is something else
   */
  static List<Point> parse(List<String> lines) {
    if (lines.isEmpty() || !NAMES.strip().equals(lines.get(0))) {
      throw new UsageException("this is not a growth.csv: its first line must be " + NAMES.strip());
    }
    try {
      return lines.stream().skip(1).map(GrowthCsv::point).toList();
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new UsageException("this growth.csv is damaged: " + e.getMessage());
    }
  }

  private static Point point(String line) {
    String[] cells = line.split(",", -1);
    double[] numbers = Arrays.stream(cells, 7, 11).mapToDouble(Double::parseDouble).toArray();
    String peak = cells[11];
    return new Point(
        Axis.valueOf(cells[0].toUpperCase(Locale.ROOT)),
        Size.of(Arrays.copyOfRange(cells, 1, 7)),
        new Quartiles(1, numbers[0], numbers[1], numbers[2]),
        numbers[3],
        peak.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(peak)));
  }

  private static String line(Point point) {
    String peak =
        point.peakResidentBytes().isPresent()
            ? Long.toString(point.peakResidentBytes().getAsLong())
            : "";
    return String.join(",", point.axis().toString(), String.join(",", point.size().arguments()))
        + ",%s,%s,%s,%s,%s%n"
            .formatted(
                point.secondsPerStep().lower(),
                point.secondsPerStep().median(),
                point.secondsPerStep().upper(),
                point.secondsToFirstStep(),
                peak)
            .replace(System.lineSeparator(), "\n");
  }
}
