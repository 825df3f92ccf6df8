package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * A window of a convolution or of pooling that slides over an image.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param strideHeight rows from one position to the next, at least 1
 * @param strideWidth columns from one position to the next, at least 1
 * @param dilationHeight rows from one element of the window to the next; 1 for a dense window
 * @param dilationWidth columns from one element of the window to the next
 * @param padding how windows are placed at the edge
 */
public record Window(
    int height,
    int width,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    Padding padding) {

  /**
   * Extents up to this size are always allowed, even for tiny images: networks do apply such
   * windows to images that earlier layers have reduced to a single pixel.
   */
  private static final long ALWAYS_ALLOWED = 32;

  /** Checks the sizes. */
  public Window {
    Require.atLeast("window: height", height, 1);
    Require.atLeast("window: width", width, 1);
    Require.atLeast("window: stride height", strideHeight, 1);
    Require.atLeast("window: stride width", strideWidth, 1);
    Require.atLeast("window: dilation height", dilationHeight, 1);
    Require.atLeast("window: dilation width", dilationWidth, 1);
    requireNonNull(padding, "padding");
    if ((strideHeight > 1 || strideWidth > 1) && (dilationHeight > 1 || dilationWidth > 1)) {
      throw new IllegalArgumentException(
          "window: stride %dx%d and dilation %dx%d: one of them must be 1"
              .formatted(strideHeight, strideWidth, dilationHeight, dilationWidth));
    }
  }

  /** Returns a window with stride 1, dilation 1 and padding SAME. */
  public static Window of(int height, int width) {
    return new Window(height, width, 1, 1, 1, 1, Padding.SAME);
  }

  Window stride(int rows, int columns) {
    return new Window(height, width, rows, columns, dilationHeight, dilationWidth, padding);
  }

  Window dilation(int rows, int columns) {
    return new Window(height, width, strideHeight, strideWidth, rows, columns, padding);
  }

  Window padding(Padding newPadding) {
    return new Window(
        height, width, strideHeight, strideWidth, dilationHeight, dilationWidth, newPadding);
  }

  boolean isDilated() {
    return dilationHeight > 1 || dilationWidth > 1;
  }

  /**
   * Checks that there is no dilation, which pooling and depthwise convolution do not support on a
   * CPU.
   */
  void checkDense(String kind) {
    if (isDilated()) {
      throw new IllegalArgumentException(
          "%s: dilation must be 1: %dx%d".formatted(kind, dilationHeight, dilationWidth));
    }
  }

  /** Checks what TensorFlow's DepthwiseConv2dNative needs. */
  void checkDepthwise(String kind) {
    checkDense(kind);
    if (strideHeight != strideWidth) {
      throw new IllegalArgumentException(
          "%s: stride must be the same in both directions: %dx%d"
              .formatted(kind, strideHeight, strideWidth));
    }
  }

  Shape outputShape(String kind, Shape input, long channels) {
    Check.image(input, kind);
    long coveredHeight = (height - 1L) * dilationHeight + 1;
    long coveredWidth = (width - 1L) * dilationWidth + 1;
    if (padding == Padding.VALID && (coveredHeight > input.get(0) || coveredWidth > input.get(1))) {
      throw new IllegalArgumentException(
          "its VALID window must cover at most %3$dx%4$d (or use padding SAME): it covers %1$dx%2$d"
              .formatted(coveredHeight, coveredWidth, input.get(0), input.get(1)));
    }
    checkExtent("height", input.get(0), coveredHeight, strideHeight, dilationHeight);
    checkExtent("width", input.get(1), coveredWidth, strideWidth, dilationWidth);
    return Shape.of(
        outputSize(input.get(0), coveredHeight, strideHeight),
        outputSize(input.get(1), coveredWidth, strideWidth),
        channels);
  }

  /**
   * Returns the output shape of a transposed convolution: the image for which a convolution with
   * this window has the input's size. Without dilation.
   */
  Shape transposedShape(String kind, Shape input, long filters) {
    Check.image(input, kind);
    Shape output =
        Check.output(
            Shape.of(
                transposedSize(input.get(0), height, strideHeight),
                transposedSize(input.get(1), width, strideWidth),
                filters));
    checkExtent("height", output.get(0), height, strideHeight, dilationHeight);
    checkExtent("width", output.get(1), width, strideWidth, dilationWidth);
    return output;
  }

  private long transposedSize(long size, long covered, long stride) {
    return switch (padding) {
      case SAME -> size * stride;
      case VALID -> size * stride + Math.max(covered - stride, 0);
    };
  }

  /** TensorFlow computes with these in 32 bits and does not check for overflow. */
  private static void checkExtent(
      String dimension, long size, long covered, long stride, long dilation) {
    // At more than twice the image's size, the edges of a SAME window cover only padding.
    long most = Math.max(2 * size, ALWAYS_ALLOWED);
    if (covered > most || dilation > most) {
      throw new IllegalArgumentException(
          "its window must have a %1$s and a dilation of at most %4$d for an image of %5$s %6$d: the window covers %2$d, with dilation %3$d"
              .formatted(dimension, covered, dilation, most, dimension, size));
    }
    if (stride > Math.max(size, covered)) {
      throw new IllegalArgumentException(
          "its stride along the %2$s must be at most %4$d for an image of %3$d: %1$d"
              .formatted(stride, dimension, size, Math.max(size, covered)));
    }
  }

  private long outputSize(long size, long covered, long stride) {
    return switch (padding) {
      case SAME -> (size + stride - 1) / stride;
      case VALID -> (size - covered) / stride + 1;
    };
  }

  /** Returns the strides for TensorFlow's operations, including batch and channels. */
  List<Long> strides() {
    return List.of(1L, (long) strideHeight, (long) strideWidth, 1L);
  }

  List<Long> sizes() {
    return List.of(1L, (long) height, (long) width, 1L);
  }
}
