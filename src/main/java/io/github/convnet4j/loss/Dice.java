package io.github.convnet4j.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
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
  /** Keeps the divisor from being 0 if nothing is labelled; otherwise it is larger. */
  private static final float EPSILON = 1e-7f;

  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    int positions = Axes.count(outputs) - 2;
    if (positions == 0 || Axes.last(outputs) == 1) {
      throw new IllegalArgumentException(
          "dice needs outputs [batch, height, width, classes] with at least 2 classes: "
              + outputs.shape());
    }
    Operand<TFloat32> probabilities = predictions(tf, outputs);
    Operand<TFloat32> labelled =
        Axes.isPositive(
            tf, tf.reduceSum(targets, tf.constant(-1), ReduceSum.keepDims(true))); // [batch, …, 1]
    Operand<TFloat32> overlap =
        Axes.sumOverPositions(tf, tf.math.mul(probabilities, targets), positions);
    Operand<TFloat32> predicted =
        Axes.sumOverPositions(tf, tf.math.mul(probabilities, labelled), positions);
    Operand<TFloat32> actual = Axes.sumOverPositions(tf, targets, positions); // [batch, classes]
    Operand<TFloat32> dice =
        tf.math.div(
            tf.math.mul(tf.constant(2f), overlap),
            tf.math.maximum(tf.math.add(predicted, actual), tf.constant(EPSILON)));
    Operand<TFloat32> occurs = Axes.isPositive(tf, actual);
    Operand<TFloat32> losses = tf.math.mul(occurs, tf.math.sub(tf.constant(1f), dice));
    return tf.math.div(
        Axes.sumOverLast(tf, losses),
        tf.math.maximum(Axes.sumOverLast(tf, occurs), tf.constant(1f)));
  }

  /** Adds probabilities that sum to 1 over the classes. */
  @Override
  public Operand<TFloat32> predictions(Ops tf, Operand<TFloat32> outputs) {
    return tf.nn.softmax(outputs);
  }
}
