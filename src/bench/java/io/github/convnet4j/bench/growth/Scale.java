package io.github.convnet4j.bench.growth;

import java.util.function.IntToDoubleFunction;

/**
 * What an axis's values are laid out by, so that a cost that grows as it ought to is straight.
 *
 * @param name {@code side²}
 */
record Scale(Axis axis, String name, IntToDoubleFunction function) {
  /** Pixels go with the side's square, multiplications with the width's, threads share the work. */
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
