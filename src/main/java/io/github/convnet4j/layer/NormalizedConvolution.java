package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A convolution and the batch norm behind it as one convolution, for inference: {@code gamma *
 * (conv(x, kernel) + bias - mean) / deviation + beta} is {@code conv(x, kernel * scale) + (bias -
 * mean) * scale + beta}, where {@code scale = gamma / deviation}.
 *
 * @param convolution a {@link Conv2d}
 * @param norm a {@link BatchNorm}
 */
record NormalizedConvolution(PlacedLayer convolution, PlacedLayer norm) implements Rewriting.Step {
  static boolean fits(PlacedLayer layer, PlacedLayer next) {
    return layer.layer() instanceof Conv2d && next.layer() instanceof BatchNorm;
  }

  static NormalizedConvolution of(PlacedLayer convolution, PlacedLayer norm) {
    return new NormalizedConvolution(convolution, norm);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext sequence, Operand<TFloat32> input) {
    Conv2d conv2d = (Conv2d) convolution.layer();
    BatchNorm batchNorm = (BatchNorm) norm.layer();
    LayerContext conv = sequence.inner(convolution.name(), convolution.input());
    LayerContext normal = sequence.inner(norm.name(), norm.input());
    Ops tf = conv.tf();
    Operand<TFloat32> kernel = conv.weight("kernel");
    Operand<TFloat32> bias = conv2d.bias() ? conv.weight("bias") : tf.constant(0f);
    Operand<TFloat32> gamma = normal.weight("gamma");
    Operand<TFloat32> beta = normal.weight("beta");
    Operand<TFloat32> mean = normal.variable("moving_mean");
    Operand<TFloat32> variance = normal.variable("moving_variance");

    Operand<TFloat32> deviation =
        tf.math.sqrt(tf.math.add(variance, tf.constant(batchNorm.epsilon())));
    Operand<TFloat32> scale = tf.math.div(gamma, deviation);
    Operand<TFloat32> shift = tf.math.add(tf.math.mul(tf.math.sub(bias, mean), scale), beta);
    // The kernel's last dimension is the filters, of which scale has one number each.
    return tf.nn.biasAdd(conv2d.convolved(conv, input, tf.math.mul(kernel, scale)), shift);
  }
}
