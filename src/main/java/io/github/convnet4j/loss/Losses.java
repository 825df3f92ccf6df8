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

  /** Returns mean absolute error, for numbers; outliers count less than in the squared error. */
  public static MeanAbsoluteError meanAbsoluteError() {
    return new MeanAbsoluteError();
  }

  /**
   * Returns Huber's loss: squared for small errors, absolute for large ones.
   *
   * @param delta the error from which it is absolute, above 0; 1 in Keras
   */
  public static Huber huber(double delta) {
    return new Huber(delta);
  }

  /**
   * Returns the soft Dice loss, for segmentation with a class for each pixel. Add it to another
   * loss with {@link Loss#plus}.
   */
  public static Dice dice() {
    return new Dice();
  }

  /**
   * Returns a loss that computes the same, but throws an {@link IllegalArgumentException} if the
   * given loss returns null or an operand of the wrong shape: not {@code [batch]} from {@code
   * perExample}, not a scalar from {@code mean}, or not the shape of the outputs from {@code
   * predictions}. Whoever adds a user's loss to a graph should add this one.
   */
  public static Loss checked(Loss loss) {
    return new CheckedLoss(loss);
  }
}
