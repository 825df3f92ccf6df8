package io.github.convnet4j.optimizer;

/**
 * Creates the optimizers. The defaults are those of {@code tf.compat.v1.train}, if it has the
 * optimizer.
 */
public final class Optimizers {
  private Optimizers() {}

  /** Returns Adam with beta1 0.9, beta2 0.999, epsilon 1e-8. */
  public static Adam adam(float learningRate) {
    return new Adam(learningRate, 0.9f, 0.999f, 1e-8f);
  }

  /**
   * Returns AdamW with Adam's settings; the default weight decay is 0.004 in Keras and 0.01 in
   * PyTorch.
   */
  public static AdamW adamW(float learningRate, float weightDecay) {
    return new AdamW(learningRate, weightDecay, 0.9f, 0.999f, 1e-8f);
  }

  /** Returns Adamax with beta1 0.9, beta2 0.999, epsilon 1e-8. */
  public static Adamax adamax(float learningRate) {
    return new Adamax(learningRate, 0.9f, 0.999f, 1e-8f);
  }

  /** Returns Nadam with beta1 0.9, beta2 0.999, epsilon 1e-8, schedule decay 0.004. */
  public static Nadam nadam(float learningRate) {
    return new Nadam(learningRate, 0.9f, 0.999f, 1e-8f, 0.004f);
  }

  /** Returns plain gradient descent; for momentum, {@code sgd(0.01f).momentum(0.9f).nesterov()}. */
  public static Sgd sgd(float learningRate) {
    return new Sgd(learningRate, 0, false);
  }

  /** Returns AdaGrad with an initial accumulator of 0.1. */
  public static AdaGrad adaGrad(float learningRate) {
    return new AdaGrad(learningRate, 0.1f);
  }

  /** Returns AdaDelta with rho 0.95, epsilon 1e-8. */
  public static AdaDelta adaDelta(float learningRate) {
    return new AdaDelta(learningRate, 0.95f, 1e-8f);
  }

  /** Returns RMSProp with decay 0.9, no momentum, epsilon 1e-10. */
  public static RmsProp rmsProp(float learningRate) {
    return new RmsProp(learningRate, 0.9f, 0, 1e-10f, false);
  }

  /**
   * Returns FTRL with a learning rate power of -0.5, an initial accumulator of 0.1 and no
   * penalties.
   */
  public static Ftrl ftrl(float learningRate) {
    return new Ftrl(learningRate, -0.5f, 0.1f, 0, 0, 0);
  }
}
