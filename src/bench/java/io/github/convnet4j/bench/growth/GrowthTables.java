package io.github.convnet4j.bench.growth;

import io.github.convnet4j.bench.report.Format;
import io.github.convnet4j.bench.report.TextTable;
import java.util.List;
import java.util.Locale;

/** Tables of the measured points and of the lines through them. */
final class GrowthTables {
  private static final double PERCENT = 100;

  private GrowthTables() {}

  static String points(Size base, List<Point> points) {
    TextTable table = new TextTable("varied", "value", "ms a step", "ms to first step", "peak MiB");
    for (Point point : points) {
      table.add(
          point.axis().toString(),
          Integer.toString(point.axis().of(point.size())),
          Format.milliseconds(point.secondsPerStep()),
          Format.milliseconds(point.secondsToFirstStep()),
          Format.mebibytes(point.peakResidentBytes()));
    }
    return "%s unless varied%n%s".formatted(base, table);
  }

  static String trends(List<Trend> trends) {
    TextTable table =
        new TextTable("varied", "unit", "line through the points", "farthest from it");
    for (Trend trend : trends) {
      table.add(
          trend.axis().toString(),
          trend.cost().unit(),
          String.format(
              Locale.ROOT,
              "%.4g + %.4g * %s",
              trend.cost().inUnit(trend.intercept()),
              trend.cost().inUnit(trend.slope()),
              trend.against()),
          String.format(Locale.ROOT, "%+.1f %% at %d", trend.worst() * PERCENT, trend.worstAt()));
    }
    return table.toString();
  }
}
