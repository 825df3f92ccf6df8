package io.github.convnet4j.optimizer;

/** The optimizers, each with the defaults of Python's TensorFlow. */
public final class Optimizers {
  private Optimizers() {}

  /** Adam with beta1 0.9, beta2 0.999, epsilon 1e-8. */
  public static Adam adam(float learningRate) {
    return new Adam(learningRate, 0.9f, 0.999f, 1e-8f);
  }
}
