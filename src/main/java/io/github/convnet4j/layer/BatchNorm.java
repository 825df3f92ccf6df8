package io.github.convnet4j.layer;

import io.github.convnet4j.initializer.Initializers;
import java.util.ArrayList;
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
 * <p>The parameters, of which {@code gamma} and {@code beta} can be left out, all have the shape
 * {@code [channels]}: {@code gamma} and {@code beta} are trainable and start at 1 and 0; {@code
 * moving_mean} and {@code moving_variance} are not trainable and start at 0 and 1. Source: Ioffe
 * and Szegedy, "Batch normalization", 2015.
 *
 * @param momentum share of the moving statistics that each step keeps, from 0 to below 1
 * @param epsilon added to the variance, above 0
 * @param gamma whether it multiplies by {@code gamma}
 * @param beta whether it adds {@code beta}
 * @param fixedStatistics whether it uses its moving statistics in training, too, and does not
 *     update them
 * @param name empty to derive one from the kind
 */
public record BatchNorm(
    double momentum,
    double epsilon,
    boolean gamma,
    boolean beta,
    boolean fixedStatistics,
    String name)
    implements Layer {
  /** Checks the settings. */
  public BatchNorm {
    Check.fraction("batch_norm: momentum", momentum);
    Check.positive("batch_norm: epsilon", epsilon);
    Check.name(name, "batch_norm");
  }

  /** Returns a copy with this momentum. */
  public BatchNorm momentum(double newMomentum) {
    return new BatchNorm(newMomentum, epsilon, gamma, beta, fixedStatistics, name);
  }

  /** Returns a copy with this epsilon. */
  public BatchNorm epsilon(double newEpsilon) {
    return new BatchNorm(momentum, newEpsilon, gamma, beta, fixedStatistics, name);
  }

  /** Returns a copy that does not multiply by {@code gamma}. */
  public BatchNorm withoutGamma() {
    return new BatchNorm(momentum, epsilon, false, beta, fixedStatistics, name);
  }

  /** Returns a copy that does not add {@code beta}. */
  public BatchNorm withoutBeta() {
    return new BatchNorm(momentum, epsilon, gamma, false, fixedStatistics, name);
  }

  /**
   * Returns a copy that computes the same in training as in inference: with its moving statistics,
   * which it does not update. Its {@code gamma} and {@code beta} are trained. This is how a
   * pretrained network is fine-tuned on few images.
   */
  public BatchNorm withFixedStatistics() {
    return new BatchNorm(momentum, epsilon, gamma, beta, true, name);
  }

  /** Returns a copy with this name. */
  public BatchNorm name(String newName) {
    return new BatchNorm(momentum, epsilon, gamma, beta, fixedStatistics, newName);
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
    List<Parameter> parameters = new ArrayList<>();
    if (gamma) {
      parameters.add(Parameter.trainable("gamma", channels, Initializers.ones()));
    }
    if (beta) {
      parameters.add(Parameter.trainable("beta", channels, Initializers.zeros()));
    }
    parameters.add(Parameter.statistic("moving_mean", channels, Initializers.zeros()));
    parameters.add(Parameter.statistic("moving_variance", channels, Initializers.ones()));
    return parameters;
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
    Shape channels = channels(context.inputShape());
    Operand<TFloat32> factor = gamma ? context.weight("gamma") : filled(tf, channels, 1);
    Operand<TFloat32> offset = beta ? context.weight("beta") : filled(tf, channels, 0);
    Variable<TFloat32> mean = context.variable("moving_mean");
    Variable<TFloat32> variance = context.variable("moving_variance");
    if (context.mode() == Mode.INFERENCE || context.frozen() || fixedStatistics) {
      return tf.nn
          .fusedBatchNorm(
              image,
              factor,
              offset,
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
            factor,
            offset,
            none,
            none,
            FusedBatchNorm.epsilon((float) epsilon),
            FusedBatchNorm.isTraining(true));
    move(context, mean, norm.batchMean());
    move(context, variance, norm.batchVariance());
    return norm.y();
  }

  private static Operand<TFloat32> filled(Ops tf, Shape shape, float value) {
    return tf.fill(tf.constant(shape), tf.constant(value));
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
