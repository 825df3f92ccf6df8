package io.github.convnet4j.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * The result of applying a network to an operand.
 *
 * @param output output of the last layer, {@code [batch, …]}; for a classifier, the logits
 * @param updates operations to run with each training step, for example to update the moving
 *     statistics of batch normalization; none in inference
 * @param regularizationLoss a scalar: the sum of the penalties, c * sum of squares, of all trained
 *     variables; 0 if none has a penalty. Add it to the loss
 */
public record Applied(
    Operand<TFloat32> output, List<Op> updates, Operand<TFloat32> regularizationLoss) {
  /** Keeps a copy of the list. */
  public Applied {
    updates = List.copyOf(updates);
  }

  public Operand<TFloat32> output(String name) {
    return output;
  }
}
