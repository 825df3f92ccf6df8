package io.github.convnet4j.loss;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The focal loss of logits z and labels y over k classes: a cross-entropy in which examples that
 * are already classified well count little, so that rare and difficult ones are learned. With the
 * probabilities {@code p = softmax(z)}, an example's loss is {@code sum_j c_j * y_j * (1 -
 * p_j)^gamma * -log p_j}. With gamma 0 it is the softmax cross-entropy.
 *
 * <p>Outputs with several positions and positions without labels are treated as in {@link
 * SoftmaxCrossEntropy}, and so is label smoothing.
 *
 * <p>Sources: Lin et al., Focal Loss for Dense Object Detection, 2017; Keras' {@code
 * CategoricalFocalCrossentropy}, whose {@code alpha} are the class weights. There it is 0.25 for
 * all classes by default, here 1.
 *
 * @param gamma how little easy examples count, at least 0; 2 in the paper
 * @param labelSmoothing share of each label that is spread over all classes, from 0 to below 1
 * @param classWeights one for each class, finite and at least 0; empty for no weights
 */
public record SoftmaxFocal(double gamma, double labelSmoothing, List<Double> classWeights)
    implements Loss {
  /** Keeps the derivative of the power finite where p is 1 and gamma is below 1. */
  private static final float EPSILON = 1e-7f;

  /** Checks the settings. */
  public SoftmaxFocal {
    Require.notNegativeFloat("gamma", gamma);
    Require.fractionFloat("labelSmoothing", labelSmoothing);
    classWeights = ClassWeights.checked("classWeights", classWeights);
  }

  /** Returns a copy with this label smoothing. */
  public SoftmaxFocal labelSmoothing(double share) {
    return new SoftmaxFocal(gamma, share, classWeights);
  }

  /** Returns a copy with these weights, one for each class. */
  public SoftmaxFocal classWeights(double... weights) {
    return new SoftmaxFocal(gamma, labelSmoothing, Arrays.stream(weights).boxed().toList());
  }

  @Override
  public Operand<TFloat32> perExample(
      Ops tf, Operand<TFloat32> outputs, Operand<TFloat32> targets) {
    long classes = Axes.last(outputs);
    Operand<TFloat32> weights = targets;
    if (labelSmoothing > 0) {
      float share = (float) labelSmoothing;
      weights =
          tf.math.add(tf.math.mul(targets, tf.constant(1 - share)), tf.constant(share / classes));
    }
    if (!classWeights.isEmpty()) {
      weights =
          tf.math.mul(weights, ClassWeights.constant(tf, "classWeights", classWeights, classes));
    }
    Operand<TFloat32> others =
        tf.math.maximum(tf.math.sub(tf.constant(1f), tf.nn.softmax(outputs)), tf.constant(EPSILON));
    Operand<TFloat32> terms =
        tf.math.mul(
            tf.math.mul(weights, tf.math.pow(others, tf.constant((float) gamma))),
            tf.math.neg(Axes.logSoftmax(tf, outputs)));
    return Axes.ofExample(tf, Axes.sumOverLast(tf, terms), targets);
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
