package io.github.convnet4j.bench.growth;

import java.util.List;
import java.util.stream.Collectors;

/** Points as comma-separated values, one in a line, under a line of names. */
final class GrowthCsv {
  private static final String NAMES =
      "axis,batch,side,width,depth,images,threads,lower_seconds,median_seconds,upper_seconds,seconds_to_first_step,peak_resident_bytes\n";

  private GrowthCsv() {}

  /** The peak is empty where the system does not tell it. */
  static String of(List<Point> points) {
    return points.stream().map(GrowthCsv::line).collect(Collectors.joining("", NAMES, ""));
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
