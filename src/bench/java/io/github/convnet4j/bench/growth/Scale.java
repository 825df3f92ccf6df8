package io.github.convnet4j.bench.growth;

import java.util.function.IntToDoubleFunction;

/**
 * The scale of an axis on which the expected growth of a cost is a straight line.
 *
 * @param name for example {@code side²}
 */
record Scale(Axis axis, String name, IntToDoubleFunction function) {
  /**
   * Pixels grow with the square of the side, multiplications with that of the width; threads share
   * the work.
   */
  static Scale of(Axis axis, Cost cost) {
    return switch (axis) {
      case SIDE -> new Scale(axis, "side²", side -> (double) side * side);
      case WIDTH ->
          cost == Cost.TIME
              ? new Scale(axis, "width²", width -> (double) width * width)
              : new Scale(axis, "width", width -> width);
      case THREADS -> new Scale(axis, "1/threads", threads -> 1.0 / threads);
      case BATCH, DEPTH, IMAGES -> new Scale(axis, axis.toString(), value -> value);
    };
  }

  double of(Point point) {
    return function.applyAsDouble(axis.of(point.size()));
  }
}
