package io.github.convnet4j.optimizer;

/**
 * Creates the optimizers. The defaults are those of {@code tf.compat.v1.train}, if it has the
 * optimizer.
 */
public final class Optimizers {
  private Optimizers() {}

  /** Returns Adam with beta1 0.9, beta2 0.999, epsilon 1e-8. */
  public static Adam adam(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8);
  }

  /**
   * Returns AdamW with Adam's settings; the default weight decay is 0.004 in Keras and 0.01 in
   * PyTorch.
   */
  public static AdamW adamW(double learningRate, double weightDecay) {
    return new AdamW(learningRate, weightDecay, 0.9, 0.999, 1e-8);
  }

  /** Returns Adamax with beta1 0.9, beta2 0.999, epsilon 1e-8. */
  public static Adamax adamax(double learningRate) {
    return new Adamax(learningRate, 0.9, 0.999, 1e-8);
  }

  /** Returns Nadam with beta1 0.9, beta2 0.999, epsilon 1e-8, schedule decay 0.004. */
  public static Nadam nadam(double learningRate) {
    return new Nadam(learningRate, 0.9, 0.999, 1e-8, 0.004);
  }

  /** Returns plain gradient descent; for momentum, {@code sgd(0.01).momentum(0.9).nesterov()}. */
  public static Sgd sgd(double learningRate) {
    return new Sgd(learningRate, 0, false);
  }

  /** Returns AdaGrad with an initial accumulator of 0.1. */
  public static AdaGrad adaGrad(double learningRate) {
    return new AdaGrad(learningRate, 0.1);
  }

  /** Returns AdaDelta with rho 0.95, epsilon 1e-8. */
  public static AdaDelta adaDelta(double learningRate) {
    return new AdaDelta(learningRate, 0.95, 1e-8);
  }

  /** Returns RMSProp with decay 0.9, no momentum, epsilon 1e-10. */
  public static RmsProp rmsProp(double learningRate) {
    return new RmsProp(learningRate, 0.9, 0, 1e-10, false);
  }

  /**
   * Returns FTRL with a learning rate power of -0.5, an initial accumulator of 0.1 and no
   * penalties.
   */
  public static Ftrl ftrl(double learningRate) {
    return new Ftrl(learningRate, -0.5, 0.1, 0, 0, 0);
  }
}
