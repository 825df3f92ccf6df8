package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Removes rows and columns at the edges of an image: {@code [height, width, channels] -> [height',
 * width', channels]}. At least one pixel must remain.
 *
 * @param margins how many rows and columns are removed
 */
public record Cropping(Margins margins) implements Layer {
  /** Checks the settings. */
  public Cropping {
    requireNonNull(margins, "margins");
  }

  /** Returns a copy with this many rows above. */
  public Cropping top(int rows) {
    return new Cropping(margins.top(rows));
  }

  /** Returns a copy with this many rows below. */
  public Cropping bottom(int rows) {
    return new Cropping(margins.bottom(rows));
  }

  /** Returns a copy with this many columns to the left. */
  public Cropping left(int columns) {
    return new Cropping(margins.left(columns));
  }

  /** Returns a copy with this many columns to the right. */
  public Cropping right(int columns) {
    return new Cropping(margins.right(columns));
  }

  @Override
  public String kind() {
    return "cropping";
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.image(input, kind());
    long height = input.get(0) - margins.rows();
    long width = input.get(1) - margins.columns();
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "its margins must leave at least one pixel of %dx%d: %d rows and %d columns"
              .formatted(input.get(0), input.get(1), margins.rows(), margins.columns()));
    }
    return Shape.of(height, width, input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Shape output = outputShape(context.inputShape());
    return tf.slice(
        input,
        tf.array(0, margins.top(), margins.left(), 0),
        tf.array(-1, Math.toIntExact(output.get(0)), Math.toIntExact(output.get(1)), -1));
  }
}
