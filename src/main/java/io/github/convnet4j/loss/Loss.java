package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss, which training minimizes. It is a value, created by {@link Losses}; any number of graphs
 * may use it.
 */
public interface Loss {
  /**
   * Adds the loss of each example to the graph.
   *
   * @param tf operations of the graph
   * @param outputs the network's outputs, {@code [batch, n]}; logits for the cross-entropies
   * @param targets the desired outputs, {@code [batch, n]}
   * @return {@code [batch]}
   * @throws IllegalArgumentException if the loss has settings for a different n
   */
  Operand<TFloat32> perExample(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets);

  /**
   * Adds the mean of {@link #perExample} over the batch to the graph.
   *
   * @return a scalar
   */
  default Operand<TFloat32> mean(Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    return tf.math.mean(perExample(tf, outputs, targets), tf.constant(0));
  }

  /**
   * Adds the predictions that follow from the outputs to the graph: probabilities for the
   * cross-entropies.
   *
   * @param outputs {@code [batch, n]}
   * @return {@code [batch, n]}
   */
  Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs);
}
