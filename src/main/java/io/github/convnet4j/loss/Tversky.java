package io.github.convnet4j.loss;

import io.github.convnet4j.check.Require;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Tversky loss of a segmentation: like {@link Dice}, but pixels that are missed and pixels that
 * are found by mistake count differently. With the probabilities {@code p = softmax(z)} and the
 * labels y, a class has the index {@code sum(p y) / (sum(p y) + alpha sum(p (1 - y)) + beta sum((1
 * - p) y))}, with sums over the labelled positions of an example. The example's loss is the mean of
 * 1 minus the index over the classes that occur in its labels. With 0.5 and 0.5 it is the Dice
 * loss.
 *
 * <p>Sources: Salehi et al., Tversky Loss Function for Image Segmentation, 2017; Keras' {@code
 * Tversky(axis=(1, 2))}, which also counts the classes that do not occur. In Keras 3.15, alpha and
 * beta are exchanged.
 *
 * @param alpha the weight of pixels that are found by mistake, above 0
 * @param beta the weight of pixels that are missed, above 0
 */
public record Tversky(double alpha, double beta) implements Loss {
  /** Checks the settings. */
  public Tversky {
    Require.positiveFloat("alpha", alpha);
    Require.positiveFloat("beta", beta);
  }

  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Overlap overlap = Overlap.of(tf, "tversky", outputs, predictions(tf, outputs), targets);
    Operand<TFloat32> mistaken = tf.math.sub(overlap.predicted(), overlap.both());
    Operand<TFloat32> missed = tf.math.sub(overlap.actual(), overlap.both());
    Operand<TFloat32> whole =
        tf.math.add(
            overlap.both(),
            tf.math.add(
                tf.math.mul(tf.constant((float) alpha), mistaken),
                tf.math.mul(tf.constant((float) beta), missed)));
    return overlap.loss(tf, overlap.both(), whole);
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
