package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Enlarges an image: {@code [height, width, channels] -> [height * rows, width * columns,
 * channels]}.
 *
 * @param rows how many rows each row becomes, at least 1
 * @param columns how many columns each column becomes, at least 1
 * @param interpolation how the new pixels are computed
 */
public record Upsampling(int rows, int columns, Interpolation interpolation) implements Layer {
  /** How the pixels of an enlarged image are computed. */
  public enum Interpolation {
    /** Each pixel is repeated. */
    NEAREST,
    /**
     * A weighted mean of the nearest two pixels in each direction. The centers of pixels are at one
     * half, as in Keras; pixels beyond the edge equal those at the edge.
     */
    BILINEAR
  }

  private static final String KIND = "upsampling";

  /** Checks the settings. */
  public Upsampling {
    Require.atLeast(KIND + ": rows", rows, 1);
    Require.atLeast(KIND + ": columns", columns, 1);
    requireNonNull(interpolation, "interpolation");
  }

  /** Returns a copy that interpolates between pixels instead of repeating them. */
  public Upsampling bilinear() {
    return new Upsampling(rows, columns, Interpolation.BILINEAR);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.image(input, KIND);
    return Check.output(Shape.of(input.get(0) * rows, input.get(1) * columns, input.get(2)));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Shape output = outputShape(context.inputShape());
    Operand<TInt32> size = tf.array(Math.toIntExact(output.get(0)), Math.toIntExact(output.get(1)));
    return switch (interpolation) {
      case NEAREST -> tf.image.resizeNearestNeighbor(input, size);
      case BILINEAR -> tf.image.resizeBilinear(input, size, ResizeBilinear.halfPixelCenters(true));
    };
  }
}
