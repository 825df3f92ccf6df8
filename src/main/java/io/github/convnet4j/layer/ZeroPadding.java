package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds rows and columns of zeros at the edges of an image: {@code [height, width, channels] ->
 * [height', width', channels]}.
 *
 * @param margins how many rows and columns are added
 */
public record ZeroPadding(Margins margins) implements Layer {
  /** Checks the settings. */
  public ZeroPadding {
    requireNonNull(margins, "margins");
  }

  /** Returns a copy with this many rows above. */
  public ZeroPadding top(int rows) {
    return new ZeroPadding(margins.top(rows));
  }

  /** Returns a copy with this many rows below. */
  public ZeroPadding bottom(int rows) {
    return new ZeroPadding(margins.bottom(rows));
  }

  /** Returns a copy with this many columns to the left. */
  public ZeroPadding left(int columns) {
    return new ZeroPadding(margins.left(columns));
  }

  /** Returns a copy with this many columns to the right. */
  public ZeroPadding right(int columns) {
    return new ZeroPadding(margins.right(columns));
  }

  @Override
  public String kind() {
    return "zero_padding";
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.image(input, kind());
    return Check.output(
        Shape.of(input.get(0) + margins.rows(), input.get(1) + margins.columns(), input.get(2)));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    int[][] widths = {
      {0, 0}, {margins.top(), margins.bottom()}, {margins.left(), margins.right()}, {0, 0}
    };
    return tf.pad(input, tf.constant(widths), tf.constant(0f));
  }
}
