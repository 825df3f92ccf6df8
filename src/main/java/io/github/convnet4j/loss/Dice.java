package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The soft Dice loss of a segmentation, which does not depend on how many pixels a class has. With
 * the probabilities {@code p = softmax(z)} of logits z {@code [batch, …, classes]} and the labels
 * y, a class has the Dice coefficient {@code 2 sum(p y) / (sum(p) + sum(y))}, with sums over the
 * positions of an example. The example's loss is the mean of 1 - Dice over the classes that occur
 * in its labels.
 *
 * <p>A position whose labels are all 0 is not labelled, and is left out. An example without labels
 * has the loss 0. Because this loss alone trains slowly at first, it is often added to another one:
 * {@code softmaxCrossEntropy().plus(dice())}.
 *
 * <p>Sources: Milletari et al., V-Net, 2016, with sums instead of sums of squares in the divisor,
 * as in Keras' {@code Dice(axis=(1, 2))}. Keras also counts the classes that do not occur.
 */
public record Dice() implements Loss {
  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    Overlap overlap = Overlap.of(tf, "dice", outputs, predictions(tf, outputs), targets);
    return overlap.loss(
        tf,
        tf.math.mul(tf.constant(2f), overlap.both()),
        tf.math.add(overlap.predicted(), overlap.actual()));
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
