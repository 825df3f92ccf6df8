package io.github.convnet4j.loss;

import java.util.List;

/** The losses by name, made for {@code import static}. */
public final class Losses {
  private Losses() {}

  /** Softmax cross-entropy: one class of several; neither smoothed nor weighted. */
  public static SoftmaxCrossEntropy softmaxCrossEntropy() {
    return new SoftmaxCrossEntropy(0, List.of());
  }

  /** Sigmoid cross-entropy: any number of classes at once. */
  public static SigmoidCrossEntropy sigmoidCrossEntropy() {
    return new SigmoidCrossEntropy();
  }

  /** Mean squared error: numbers instead of classes. */
  public static MeanSquaredError meanSquaredError() {
    return new MeanSquaredError();
  }
}
