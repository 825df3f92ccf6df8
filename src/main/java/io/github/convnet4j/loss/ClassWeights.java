package io.github.convnet4j.loss;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Weights of classes, an option of several losses. */
final class ClassWeights {
  private ClassWeights() {}

  /**
   * Returns a copy of the weights.
   *
   * @param name the option's name, for messages
   * @throws IllegalArgumentException if a weight is negative, or not finite as a 32-bit float
   */
  static List<Double> checked(String name, List<Double> weights) {
    for (double weight : weights) {
      if (!(weight >= 0 && Float.isFinite((float) weight))) {
        throw new IllegalArgumentException(
            name + " must be finite 32-bit floats of at least 0: " + weights);
      }
    }
    return List.copyOf(weights);
  }

  /**
   * Adds the weights to the graph, {@code [classes]}.
   *
   * @throws IllegalArgumentException if there is not one weight for each class
   */
  static Operand<TFloat32> constant(Ops tf, String name, List<Double> weights, long classes) {
    if (weights.size() != classes) {
      throw new IllegalArgumentException(
          "%s must have one weight for each of the %d classes: %s"
              .formatted(name, classes, weights));
    }
    float[] values = new float[weights.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.get(i).floatValue();
    }
    return tf.constant(values);
  }
}
