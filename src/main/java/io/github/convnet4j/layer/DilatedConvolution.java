package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Computes a convolution with dilation d as an undilated one on d * d subsampled images, which
 * {@code spaceToBatchNd} puts into the batch. TensorFlow's own {@code conv2d} with dilations
 * computes the same, but the gradient that {@code Graph.addGradients} adds for it ignores the
 * dilations. It is silently wrong, or fails if the shapes do not match.
 */
final class DilatedConvolution {
  private DilatedConvolution() {}

  /**
   * Adds the convolution, with stride 1; {@code inputShape} is {@code [height, width, channels]}.
   */
  static <T extends TNumber> Operand<T> of(
      Ops tf, Operand<T> input, Shape inputShape, Operand<T> kernel, Window window) {
    int[] blocks = {window.dilationHeight(), window.dilationWidth()};
    int[] sizes = {window.height(), window.width()};
    int[][] paddings = new int[2][2];
    int[][] crops = new int[2][2];
    for (int i = 0; i < 2; i++) {
      int zeros = window.padding() == Padding.SAME ? (sizes[i] - 1) * blocks[i] : 0;
      int padded = Math.toIntExact(inputShape.get(i)) + zeros;
      // Pad to a multiple of the dilation; the result of this padding is cropped again.
      int filled = Math.floorMod(-padded, blocks[i]);
      paddings[i] = new int[] {zeros / 2, zeros - zeros / 2 + filled};
      crops[i] = new int[] {0, filled};
    }
    Operand<T> subsampled = tf.spaceToBatchNd(input, tf.constant(blocks), tf.constant(paddings));
    Operand<T> convolved = tf.nn.conv2d(subsampled, kernel, List.of(1L, 1L, 1L, 1L), "VALID");
    return tf.batchToSpaceNd(convolved, tf.constant(blocks), tf.constant(crops));
  }
}
