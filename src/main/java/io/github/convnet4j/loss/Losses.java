package io.github.convnet4j.loss;

import java.util.List;

/** Creates the losses; intended for {@code import static}. */
public final class Losses {
  private Losses() {}

  /**
   * Returns softmax cross-entropy, for exactly one of several classes, without smoothing and
   * weights.
   */
  public static SoftmaxCrossEntropy softmaxCrossEntropy() {
    return new SoftmaxCrossEntropy(0, List.of());
  }

  /** Returns sigmoid cross-entropy, for any number of classes at the same time. */
  public static SigmoidCrossEntropy sigmoidCrossEntropy() {
    return new SigmoidCrossEntropy();
  }

  /** Returns mean squared error, for numbers instead of classes. */
  public static MeanSquaredError meanSquaredError() {
    return new MeanSquaredError();
  }
}
