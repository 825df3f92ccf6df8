package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What training makes smaller: a value, made by {@link Losses}, that any number of graphs may use.
 */
public interface Loss {
  /**
   * Adds to the graph the loss of each example.
   *
   * @param tf operations of the graph
   * @param outputs {@code [batch, n]}: what the network gives; logits, for the cross-entropies
   * @param targets {@code [batch, n]}: what it should give
   * @return {@code [batch]}
   * @throws IllegalArgumentException if the loss has settings for another n
   */
  Operand<TFloat32> perExample(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets);

  /**
   * Adds to the graph the mean over the batch of {@link #perExample}.
   *
   * @return a scalar
   */
  default Operand<TFloat32> mean(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return tf.math.mean(perExample(tf, outputs, targets), tf.constant(0));
  }

  /**
   * Adds to the graph what a reader wants to see of the outputs: probabilities, for the
   * cross-entropies.
   *
   * @param outputs {@code [batch, n]}
   * @return {@code [batch, n]}
   */
  Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs);
}
