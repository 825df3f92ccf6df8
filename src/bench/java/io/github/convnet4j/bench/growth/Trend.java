package io.github.convnet4j.bench.growth;

import io.github.convnet4j.bench.stats.RelativeFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The straight line through the points along an axis: the time of a step in seconds, or the memory
 * in bytes, is {@code intercept + slope * against}.
 *
 * @param axis what was varied
 * @param cost time or memory
 * @param against what the cost is expected to grow in proportion to, for example {@code side²}
 * @param worst the relative error at the worst point: 0.1 if 10 % more was measured than the line
 *     says
 * @param worstAt the axis's value there
 */
record Trend(
    Axis axis,
    Cost cost,
    String against,
    double intercept,
    double slope,
    double worst,
    int worstAt) {

  /**
   * Returns the trends of each axis with at least two values; of memory only if it was always
   * measured.
   */
  static List<Trend> of(List<Point> points) {
    Map<Axis, List<Point>> byAxis = new EnumMap<>(Axis.class);
    points.forEach(
        point -> byAxis.computeIfAbsent(point.axis(), key -> new ArrayList<>()).add(point));
    List<Trend> trends = new ArrayList<>();
    byAxis.forEach(
        (axis, its) -> {
          if (its.stream().mapToInt(point -> axis.of(point.size())).distinct().count() >= 2) {
            Arrays.stream(Cost.values())
                .filter(cost -> its.stream().allMatch(cost::isMeasured))
                .forEach(cost -> trends.add(of(axis, cost, its)));
          }
        });
    return trends;
  }

  private static Trend of(Axis axis, Cost cost, List<Point> points) {
    Scale scale = Scale.of(axis, cost);
    RelativeFit line = RelativeFit.line(values(points, scale::of), values(points, cost::of));
    return new Trend(
        axis,
        cost,
        scale.name(),
        line.coefficients().get(0),
        line.coefficients().get(1),
        line.worst(),
        axis.of(points.get(line.worstAt()).size()));
  }

  private static double[] values(List<Point> points, ToDoubleFunction<Point> value) {
    return points.stream().mapToDouble(value).toArray();
  }
}
