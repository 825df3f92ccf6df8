package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The hinge loss of several classes, of which an example has exactly one. With one-hot labels y, an
 * example's loss is {@code max(max_j (1 - y_j) z_j - sum_j y_j z_j + 1, 0)}: it is 0 if the output
 * of the example's class is larger by 1 than those of all other classes, and than 0.
 *
 * <p>Outputs with several positions and positions without labels are treated as in {@link
 * SoftmaxCrossEntropy}.
 *
 * <p>Source: Keras' {@code CategoricalHinge}.
 */
public record CategoricalHinge() implements Loss {
  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> own = Axes.sumOverLast(tf, tf.math.mul(targets, outputs));
    Operand<TFloat32> others =
        tf.reduceMax(tf.math.mul(tf.math.sub(one, targets), outputs), tf.constant(-1));
    Operand<TFloat32> losses =
        tf.math.maximum(tf.math.add(tf.math.sub(others, own), one), tf.constant(0f));
    return Axes.ofExample(tf, losses, targets);
  }

  @Override
  public Targets targets() {
    return Targets.CLASSES;
  }

  /**
   * Adds {@code softmax(z)}, scores that sum to 1 over the classes. The largest belongs to the
   * class with the largest output, but they are not calibrated as probabilities.
   */
  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return tf.nn.softmax(outputs);
  }
}
