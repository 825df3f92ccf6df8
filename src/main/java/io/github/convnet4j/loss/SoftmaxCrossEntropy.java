package io.github.convnet4j.loss;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Softmax cross-entropy of logits z and labels y over k classes. The labels of an example sum to 1,
 * as one-hot labels do.
 *
 * <ul>
 *   <li>an example's loss is {@code -w * sum_j t_j * log softmax(z)_j};
 *   <li>with label smoothing s, {@code t = (1 - s) * y + s / k}, otherwise {@code t = y} (Szegedy
 *       et al., "Rethinking the Inception architecture", 2016, section 7);
 *   <li>with class weights c, {@code w = sum_j c_j * y_j}, the weight of the example's class;
 *       otherwise w is 1. As in Keras, the mean divides by the number of examples, not by the sum
 *       of their weights.
 * </ul>
 *
 * <p>Outputs {@code [batch, …, k]} have several positions per example, such as the pixels of a
 * segmentation. The loss of an example is then the mean over its positions. A position whose labels
 * are all 0 is not labelled: it is left out of the sum and of the count. An example without labels
 * has the loss 0.
 *
 * <p>There is no gradient with respect to the labels. For the sparse form of this loss, with class
 * numbers as labels, TensorFlow Java has no gradient at all.
 *
 * @param labelSmoothing share of each label that is spread over all classes, from 0 to below 1
 * @param classWeights one for each class, finite and at least 0; empty for no weights
 */
public record SoftmaxCrossEntropy(double labelSmoothing, List<Double> classWeights)
    implements Loss {
  /** Checks the settings. */
  public SoftmaxCrossEntropy {
    Require.fractionFloat("labelSmoothing", labelSmoothing);
    classWeights = ClassWeights.checked("classWeights", classWeights);
  }

  /** Returns a copy with this label smoothing. */
  public SoftmaxCrossEntropy labelSmoothing(double share) {
    return new SoftmaxCrossEntropy(share, classWeights);
  }

  /** Returns a copy with these weights, one for each class. */
  public SoftmaxCrossEntropy classWeights(double... weights) {
    return new SoftmaxCrossEntropy(labelSmoothing, Arrays.stream(weights).boxed().toList());
  }

  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    int positions = Axes.count(outputs) - 2;
    long classes = Axes.last(outputs);
    Operand<TFloat32> smooth = targets;
    if (labelSmoothing > 0) {
      float share = (float) labelSmoothing;
      smooth =
          tf.math.add(tf.math.mul(targets, tf.constant(1 - share)), tf.constant(share / classes));
    }
    if (positions == 0) {
      Operand<TFloat32> losses = tf.nn.softmaxCrossEntropyWithLogits(outputs, smooth).loss();
      return weighted(tf, losses, targets, classes, 1);
    }
    Operand<TInt32> rows = tf.constant(new int[] {-1, Math.toIntExact(classes)});
    Operand<TFloat32> flat =
        tf.nn
            .softmaxCrossEntropyWithLogits(tf.reshape(outputs, rows), tf.reshape(smooth, rows))
            .loss();
    Operand<TFloat32> labelled = Axes.labelled(tf, targets);
    return Axes.meanOverLabelled(
        tf,
        weighted(tf, tf.reshape(flat, tf.shape(labelled)), targets, classes, positions + 1),
        labelled,
        positions);
  }

  /**
   * Multiplies losses by the weights of their classes.
   *
   * @param losses {@code [batch, …]}
   * @param targets {@code [batch, …, k]}
   * @param axis the last axis of the targets
   */
  private Operand<TFloat32> weighted(
      Ops tf, Operand<TFloat32> losses, Operand<TFloat32> targets, long classes, int axis) {
    if (classWeights.isEmpty()) {
      return losses;
    }
    Operand<TFloat32> weights = ClassWeights.constant(tf, "classWeights", classWeights, classes);
    Operand<TFloat32> ofLosses = tf.reduceSum(tf.math.mul(targets, weights), tf.constant(axis));
    return tf.math.mul(losses, ofLosses);
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
