package io.github.convnet4j.loss;

import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Checks what a loss returns, which may be a user's. A wrong shape could otherwise be broadcast,
 * and something else would be minimized without notice.
 */
final class LossShapes {
  private LossShapes() {}

  /** Requires {@code [batch]}. */
  static Operand<TFloat32> perExample(
      Loss loss, Operand<TFloat32> returned, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    long batch = Math.max(outputs.shape().get(0), targets.shape().get(0));
    return require(
        loss,
        "perExample",
        returned,
        "one value for each example, " + shown(Shape.of(batch)),
        shape -> shape.isCompatibleWith(Shape.of(batch)) && isBatch(shape.get(0), batch));
  }

  /** Requires a scalar. */
  static Operand<TFloat32> mean(Loss loss, Operand<TFloat32> returned) {
    return require(loss, "mean", returned, "a scalar, []", Shape::isScalar);
  }

  /** Requires the shape of the outputs. */
  static Operand<TFloat32> predictions(
      Loss loss, Operand<TFloat32> returned, Operand<TFloat32> outputs) {
    Shape expected = outputs.shape();
    return require(
        loss,
        "predictions",
        returned,
        "the shape of the outputs, " + shown(expected),
        shape ->
            shape.isCompatibleWith(expected)
                && (shape.numDimensions() < 1 || isBatch(shape.get(0), expected.get(0))));
  }

  /** A size that is known although the batch's is not belongs to something else. */
  private static boolean isBatch(long size, long batch) {
    return batch != Shape.UNKNOWN_SIZE || size == Shape.UNKNOWN_SIZE;
  }

  private static Operand<TFloat32> require(
      Loss loss,
      String method,
      Operand<TFloat32> returned,
      String expected,
      Predicate<Shape> holds) {
    if (returned == null) {
      throw new IllegalArgumentException(
          "the loss %s must return %s, from %s: null".formatted(loss, expected, method));
    }
    Shape shape = returned.shape();
    if (!shape.isUnknown() && !holds.test(shape)) {
      throw new IllegalArgumentException(
          "the loss %s must return %s, from %s: %s"
              .formatted(loss, expected, method, shown(shape)));
    }
    return returned;
  }

  /** Shows an unknown size at the front as the batch, which it nearly always is. */
  private static String shown(Shape shape) {
    return shape.toString().replaceFirst("^\\[-1", "[batch").replace("-1", "?");
  }
}
