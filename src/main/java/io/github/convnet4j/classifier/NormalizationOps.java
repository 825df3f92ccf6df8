package io.github.convnet4j.classifier;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Adds a {@link Normalization} to a graph. */
public final class NormalizationOps {
  private NormalizationOps() {}

  /**
   * Adds the operations, if any are needed.
   *
   * @param images {@code [batch, height, width, channels]}, from 0 to 1
   * @return the normalized images, of the same shape
   */
  public static Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> images, Normalization normalization) {
    if (normalization.isUnit()) {
      return images;
    }
    Ops scope = tf.withSubScope("normalization");
    return scope.math.div(
        scope.math.sub(images, scope.constant(array(normalization.mean()))),
        scope.constant(array(normalization.standardDeviation())));
  }

  private static float[] array(List<Double> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i).floatValue();
    }
    return array;
  }
}
