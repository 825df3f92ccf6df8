package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Convolution with dilation d as a plain one on d * d thinned images: the batch that {@code
 * spaceToBatchNd} makes. TensorFlow's own {@code conv2d} with dilations computes the same, but the
 * gradient that {@code Graph.addGradients} adds for it leaves the dilations out: it is silently
 * wrong, or fails where the shapes tell.
 */
final class DilatedConvolution {
  private DilatedConvolution() {}

  /** Stride 1; {@code inputShape} is {@code [height, width, channels]}. */
  static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> input, Shape inputShape, Operand<TFloat32> kernel, Window window) {
    int[] blocks = {window.dilationHeight(), window.dilationWidth()};
    int[] sizes = {window.height(), window.width()};
    int[][] paddings = new int[2][2];
    int[][] crops = new int[2][2];
    for (int i = 0; i < 2; i++) {
      int zeros = window.padding() == Padding.SAME ? (sizes[i] - 1) * blocks[i] : 0;
      int padded = Math.toIntExact(inputShape.get(i)) + zeros;
      // Up to a multiple of the dilation; what comes of it is cut off again.
      int filled = Math.floorMod(-padded, blocks[i]);
      paddings[i] = new int[] {zeros / 2, zeros - zeros / 2 + filled};
      crops[i] = new int[] {0, filled};
    }
    Operand<TFloat32> thinned =
        tf.spaceToBatchNd(input, tf.constant(blocks), tf.constant(paddings));
    Operand<TFloat32> convolved = tf.nn.conv2d(thinned, kernel, List.of(1L, 1L, 1L, 1L), "VALID");
    return tf.batchToSpaceNd(convolved, tf.constant(blocks), tf.constant(crops));
  }
}
