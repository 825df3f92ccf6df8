package io.github.convnet4j.bench.growth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** Two pictures for each axis: time, and memory. */
final class GrowthCharts {
  private static final double MILLISECONDS = 1e3;
  private static final double MEBIBYTE = 1 << 20;

  private GrowthCharts() {}

  /** PNG files by their names; memory only where the system told it. */
  static Map<String, byte[]> draw(List<Point> points) {
    System.setProperty("java.awt.headless", "true");
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    points.stream()
        .collect(Collectors.groupingBy(Point::axis, LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (axis, its) -> {
              pictures.put(
                  "growth-%s-time.png".formatted(axis),
                  draw(axis, its, "ms a step", p -> p.secondsPerStep().median() * MILLISECONDS));
              List<Point> told =
                  its.stream().filter(p -> p.peakResidentBytes().isPresent()).toList();
              if (!told.isEmpty()) {
                pictures.put(
                    "growth-%s-memory.png".formatted(axis),
                    draw(
                        axis,
                        told,
                        "peak resident MiB",
                        p -> p.peakResidentBytes().orElseThrow() / MEBIBYTE));
              }
            });
    return pictures;
  }

  private static byte[] draw(
      Axis axis, List<Point> points, String what, ToDoubleFunction<Point> value) {
    XYChart chart =
        new XYChartBuilder()
            .width(640)
            .height(480)
            .title(what + " against " + axis)
            .xAxisTitle(axis.toString())
            .yAxisTitle(what)
            .build();
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setLegendVisible(false);
    chart.addSeries(
        what,
        points.stream().mapToDouble(point -> axis.of(point.size())).toArray(),
        points.stream().mapToDouble(value).toArray());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      BitmapEncoder.saveBitmap(chart, png, BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException("a chart cannot be encoded", e);
    }
    return png.toByteArray();
  }
}
