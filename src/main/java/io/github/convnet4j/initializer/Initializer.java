package io.github.convnet4j.initializer;

import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The values that a variable begins with. Immutable and compared by content: part of a network's
 * description.
 */
public interface Initializer {
  /** The name in JSON, for instance {@code "constant"}. */
  String kind();

  /**
   * Adds the operations that compute the first values.
   *
   * @param tf where to add them
   * @param shape of the variable: {@code [in, out]} of a dense layer, {@code [height, width, in,
   *     out]} of a convolution, {@code [n]} of a bias
   * @param seeds gives the seeds of the next random operation; ask once for each such operation,
   *     right before creating it, and not at all where nothing is random
   * @return an operand of just this shape
   */
  Operand<TFloat32> values(Ops tf, Shape shape, Supplier<OpSeed> seeds);
}
