package io.github.convnet4j.bench.growth;

import io.github.convnet4j.bench.stats.RelativeFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The straight line through what was measured along an axis: seconds a step, or bytes, are {@code
 * intercept + slope * against}.
 *
 * @param axis what was varied
 * @param cost time or memory
 * @param against what it is proportional to if it grows as it ought to: {@code side²}
 * @param worst how much more than the line says was measured at the worst point: 0.1 is 10 %
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

  /** The trends of each axis with two values at least; memory's where the system told all of it. */
  static List<Trend> of(List<Point> points) {
    Map<Axis, List<Point>> byAxis = new EnumMap<>(Axis.class);
    points.forEach(
        point -> byAxis.computeIfAbsent(point.axis(), key -> new ArrayList<>()).add(point));
    List<Trend> trends = new ArrayList<>();
    byAxis.forEach(
        (axis, its) -> {
          if (its.stream().mapToInt(point -> axis.of(point.size())).distinct().count() >= 2) {
            Arrays.stream(Cost.values())
                .filter(cost -> its.stream().allMatch(cost::isTold))
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
