package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Kullback-Leibler divergence of the predicted probabilities {@code p = softmax(z)} from target
 * probabilities y that sum to 1: {@code sum_j y_j * log(y_j / p_j)}, where {@code 0 * log 0} is 0.
 * It suits targets that are themselves probabilities, such as the votes of several experts or the
 * predictions of another network. It is 0 where both agree. Its gradient is that of {@link
 * SoftmaxCrossEntropy}.
 *
 * <p>Outputs with several positions and positions without labels are treated as in {@link
 * SoftmaxCrossEntropy}. Keras' {@code KLDivergence} takes probabilities.
 */
public record KlDivergence() implements Loss {
  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Operand<TFloat32> terms =
        tf.math.sub(
            tf.math.xlogy(targets, targets), tf.math.mul(targets, Axes.logSoftmax(tf, outputs)));
    return Axes.ofExample(tf, Axes.sumOverLast(tf, terms), targets);
  }

  @Override
  public Targets targets() {
    return Targets.CLASSES;
  }

  /** Adds probabilities that sum to 1 over the classes. */
  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return tf.nn.softmax(outputs);
  }
}
