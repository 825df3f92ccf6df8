package io.github.convnet4j.evaluate;

import org.tensorflow.ndarray.Shape;

/** The lengths of a batch's arrays. */
record BatchLayout(Shape prediction, Shape target) {
  static BatchLayout of(Shape prediction, Shape target) {
    return new BatchLayout(prediction, target);
  }

  /** Returns whether the shape has at least one dimension, and all of them are known. */
  static boolean known(Shape shape) {
    return shape.numDimensions() > 0 && !shape.hasUnknownDimension() && shape.size() > 0;
  }

  /** Returns the exception for a metric that does not suit the shapes. */
  static IllegalArgumentException unsuitable(
      String metric, String needs, Shape prediction, Shape target) {
    return new IllegalArgumentException(
        "%s needs %s, but the output is %s and the target %s"
            .formatted(metric, needs, prediction, target));
  }

  /** Checks a batch, {@code [examples, ...]}. */
  void check(int examples, float[] predictions, float[] targets) {
    if (examples < 0) {
      throw new IllegalArgumentException("examples must be at least 0: " + examples);
    }
    check("predictions", predictions, examples, prediction);
    check("targets", targets, examples, target);
  }

  private static void check(String name, float[] values, int examples, Shape shape) {
    if (values.length != examples * shape.size()) {
      throw new IllegalArgumentException(
          "%s must have %d numbers, %d examples of shape %s: %d"
              .formatted(name, examples * shape.size(), examples, shape, values.length));
    }
  }
}
