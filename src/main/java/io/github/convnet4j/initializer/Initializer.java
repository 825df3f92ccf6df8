package io.github.convnet4j.initializer;

import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Computes the initial values of a variable. Immutable and compared by content, because it is part
 * of a network's description.
 */
public interface Initializer {
  /** Returns the name in JSON, for example {@code "constant"}. */
  String kind();

  /**
   * Adds the operations that compute the initial values.
   *
   * @param tf where to add them
   * @param shape the variable's shape: {@code [in, out]} for a dense layer, {@code [height, width,
   *     in, out]} for a convolution, {@code [n]} for a bias
   * @param seeds supplies the seeds of the next random operation; call it once for each random
   *     operation, immediately before creating it, and not at all if nothing is random
   * @return an operand of exactly this shape
   */
  Operand<TFloat32> values(Ops tf, Shape shape, Supplier<OpSeed> seeds);
}
