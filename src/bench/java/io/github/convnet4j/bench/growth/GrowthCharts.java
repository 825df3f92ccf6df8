package io.github.convnet4j.bench.growth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws two charts for each axis, of time and memory, with the straight line through the points.
 */
final class GrowthCharts {
  private static final String MEASURED = "measured";
  private static final String LINE = "straight line that fits best";

  private GrowthCharts() {}

  /** Returns one PNG file for each trend, by file name. */
  static Map<String, byte[]> draw(List<Point> points, List<Trend> trends) {
    System.setProperty("java.awt.headless", "true");
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    for (Trend trend : trends) {
      List<Point> its = points.stream().filter(point -> point.axis() == trend.axis()).toList();
      pictures.put("growth-%s-%s.png".formatted(trend.axis(), trend.cost()), draw(its, trend));
    }
    return pictures;
  }

  private static byte[] draw(List<Point> points, Trend trend) {
    Cost cost = trend.cost();
    Scale scale = Scale.of(trend.axis(), cost);
    double[] x = points.stream().mapToDouble(scale::of).toArray();
    double[] y = points.stream().mapToDouble(point -> cost.inUnit(cost.of(point))).toArray();
    double[] ends = {0, Arrays.stream(x).max().orElseThrow()};
    double[] line =
        Arrays.stream(ends)
            .map(end -> cost.inUnit(trend.intercept() + trend.slope() * end))
            .toArray();
    XYChart chart =
        new XYChartBuilder()
            .width(720)
            .height(480)
            .title("%s against %s".formatted(cost.unit(), trend.against()))
            .xAxisTitle(trend.against() + unit(trend.axis()))
            .yAxisTitle(cost.unit())
            .build();
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(0.0);
    styler.setYAxisMin(0.0);
    styler.setXAxisDecimalPattern("#,##0.##");
    styler.setYAxisDecimalPattern("#,##0.##");
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    chart.addSeries(LINE, ends, line).setMarker(SeriesMarkers.NONE);
    chart
        .addSeries(MEASURED, x, y)
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      BitmapEncoder.saveBitmap(chart, png, BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException("a chart cannot be encoded", e);
    }
    return png.toByteArray();
  }

  private static String unit(Axis axis) {
    return switch (axis) {
      case BATCH -> " (images a step)";
      case SIDE -> " (pixels of an image)";
      case WIDTH -> " (filters of each convolution)";
      case DEPTH -> " (convolutions)";
      case IMAGES -> " (in the training file)";
      case THREADS -> "";
    };
  }
}
