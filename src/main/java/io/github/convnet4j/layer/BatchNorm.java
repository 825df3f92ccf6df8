package io.github.convnet4j.layer;

import io.github.convnet4j.initializer.Initializers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * Batch normalization over the channels (the last dimension): {@code gamma * (x - mean) /
 * sqrt(variance + epsilon) + beta}. Takes {@code [height, width, channels]} or {@code [n]} and
 * keeps the shape.
 *
 * <p>In training, mean and variance are those of the batch; the variance is divided by n, the
 * number of values per channel. The layer also updates its moving statistics: {@code moving =
 * momentum * moving + (1 - momentum) * batch}. For this, TensorFlow's fused kernel returns the
 * unbiased variance, divided by n - 1, as in Keras 2 and PyTorch but not in Keras 3. In inference,
 * and if the layer is frozen, the moving mean and variance are used.
 *
 * <p>The parameters all have the shape {@code [channels]}: {@code gamma} and {@code beta} are
 * trainable and start at 1 and 0; {@code moving_mean} and {@code moving_variance} are not trainable
 * and start at 0 and 1. Source: Ioffe and Szegedy, "Batch normalization", 2015.
 *
 * @param momentum share of the moving statistics that each step keeps, from 0 to below 1
 * @param epsilon added to the variance, above 0
 * @param name empty to derive one from the kind
 */
public record BatchNorm(double momentum, double epsilon, String name) implements Layer {
  /** Checks the settings. */
  public BatchNorm {
    Check.fraction("batch_norm: momentum", momentum);
    Check.positive("batch_norm: epsilon", epsilon);
    Check.name(name, "batch_norm");
  }

  /** Returns a copy with this momentum. */
  public BatchNorm momentum(double newMomentum) {
    return new BatchNorm(newMomentum, epsilon, name);
  }

  /** Returns a copy with this epsilon. */
  public BatchNorm epsilon(double newEpsilon) {
    return new BatchNorm(momentum, newEpsilon, name);
  }

  /** Returns a copy with this name. */
  public BatchNorm name(String newName) {
    return new BatchNorm(momentum, epsilon, newName);
  }

  @Override
  public String kind() {
    return "batch_norm";
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.numDimensions() != 1) {
      Check.image(input, kind());
    }
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape channels = channels(input);
    return List.of(
        Parameter.trainable("gamma", channels, Initializers.ones()),
        Parameter.trainable("beta", channels, Initializers.zeros()),
        Parameter.statistic("moving_mean", channels, Initializers.zeros()),
        Parameter.statistic("moving_variance", channels, Initializers.ones()));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    if (context.inputShape().numDimensions() == 3) {
      return normalized(context, input);
    }
    // The kernel takes images, so treat a vector as an image of one pixel.
    Ops tf = context.tf();
    Shape channels = channels(context.inputShape());
    Operand<TFloat32> image = tf.reshape(input, tf.constant(Shape.of(-1, 1, 1, channels.get(0))));
    return tf.reshape(normalized(context, image), tf.constant(Shape.of(-1, channels.get(0))));
  }

  private Operand<TFloat32> normalized(LayerContext context, Operand<TFloat32> image) {
    Ops tf = context.tf();
    Operand<TFloat32> gamma = context.weight("gamma");
    Operand<TFloat32> beta = context.weight("beta");
    Variable<TFloat32> mean = context.variable("moving_mean");
    Variable<TFloat32> variance = context.variable("moving_variance");
    if (context.mode() == Mode.INFERENCE || context.frozen()) {
      return tf.nn
          .fusedBatchNorm(
              image,
              gamma,
              beta,
              mean,
              variance,
              FusedBatchNorm.epsilon((float) epsilon),
              FusedBatchNorm.isTraining(false))
          .y();
    }
    // In training the kernel requires empty statistics as input.
    Operand<TFloat32> none = tf.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> norm =
        tf.nn.fusedBatchNorm(
            image,
            gamma,
            beta,
            none,
            none,
            FusedBatchNorm.epsilon((float) epsilon),
            FusedBatchNorm.isTraining(true));
    move(context, mean, norm.batchMean());
    move(context, variance, norm.batchVariance());
    return norm.y();
  }

  private void move(LayerContext context, Variable<TFloat32> moving, Operand<TFloat32> batch) {
    Ops tf = context.tfForUpdates();
    float kept = (float) momentum;
    Operand<TFloat32> moved =
        tf.math.add(
            tf.math.mul(moving, tf.constant(kept)), tf.math.mul(batch, tf.constant(1 - kept)));
    context.addUpdate(tf.assign(moving, moved));
  }

  private static Shape channels(Shape input) {
    return Shape.of(input.get(input.numDimensions() - 1));
  }
}
