package io.github.convnet4j.layer;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.initializer.Initializers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Group normalization: the channels (the last dimension) are divided into groups of neighbors, and
 * each group of one example is normalized by its own mean and variance: {@code gamma * (x - mean) /
 * sqrt(variance + epsilon) + beta}. Takes {@code [height, width, channels]} or {@code [n]} and
 * keeps the shape. It does not depend on the other examples of the batch, so training and inference
 * are the same.
 *
 * <p>The parameters are {@code gamma} and {@code beta}, both of shape {@code [channels]}; they
 * start at 1 and 0. Source: Wu and He, "Group normalization", 2018.
 *
 * @param groups number of groups, a divisor of the number of channels
 * @param epsilon added to the variance, above 0
 * @param name empty to derive one from the kind
 */
public record GroupNorm(int groups, double epsilon, String name) implements Layer {
  private static final String KIND = "group_norm";

  /** Checks the settings. */
  public GroupNorm {
    Require.atLeast(KIND + ": groups", groups, 1);
    Check.positive(KIND + ": epsilon", epsilon);
    Check.name(name, KIND);
  }

  /** Returns a copy with this epsilon. */
  public GroupNorm epsilon(double newEpsilon) {
    return new GroupNorm(groups, newEpsilon, name);
  }

  /** Returns a copy with this name. */
  public GroupNorm name(String newName) {
    return new GroupNorm(groups, epsilon, newName);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.numDimensions() != 1) {
      Check.image(input, KIND);
    }
    Check.groups(groups, channels(input));
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape channels = Shape.of(channels(input));
    return List.of(
        Parameter.trainable("gamma", channels, Initializers.ones()),
        Parameter.trainable("beta", channels, Initializers.zeros()));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Shape shape = context.inputShape();
    long channels = channels(shape);
    // [batch, pixels, groups, channels of a group]
    Shape grouped = Shape.of(-1, shape.size() / channels, groups, channels / groups);
    Operand<TInt64> perGroup = tf.constant(grouped.takeLast(2));
    Operand<TFloat32> normalized =
        Standardization.of(
            tf,
            tf.reshape(input, tf.constant(grouped)),
            tf.reshape(context.weight("gamma"), perGroup),
            tf.reshape(context.weight("beta"), perGroup),
            epsilon,
            1,
            3);
    return tf.reshape(normalized, tf.constant(shape.prepend(-1)));
  }

  private static long channels(Shape input) {
    return input.get(input.numDimensions() - 1);
  }
}
