package io.github.convnet4j.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * A network applied to an operand.
 *
 * @param output {@code [batch, …]}: what the last layer gives, a classifier's logits
 * @param updates operations to run with each training step, such as batch norm's moving statistics;
 *     none in inference
 * @param regularizationLoss a scalar: the sum over the trained variables with a penalty of c * sum
 *     of squares; 0 without any. Add it to the loss
 */
public record Applied(
    Operand<TFloat32> output, List<Op> updates, Operand<TFloat32> regularizationLoss) {
  /** Keeps a copy of the list. */
  public Applied {
    updates = List.copyOf(updates);
  }
}
