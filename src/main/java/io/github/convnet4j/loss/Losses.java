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

  /**
   * Returns sigmoid cross-entropy, for any number of classes at the same time, without smoothing
   * and weights.
   */
  public static SigmoidCrossEntropy sigmoidCrossEntropy() {
    return new SigmoidCrossEntropy(0, List.of());
  }

  /**
   * Returns the focal loss for exactly one of several classes: a softmax cross-entropy in which
   * examples that are classified well count little.
   *
   * @param gamma how little they count, at least 0; 2 in Keras
   */
  public static SoftmaxFocal softmaxFocal(double gamma) {
    return new SoftmaxFocal(gamma, 0, List.of());
  }

  /**
   * Returns the focal loss for any number of classes at the same time; see {@link #softmaxFocal}.
   *
   * @param gamma how little easy examples count, at least 0; 2 in Keras
   */
  public static SigmoidFocal sigmoidFocal(double gamma) {
    return new SigmoidFocal(gamma, 1, 1);
  }

  /**
   * Returns the Kullback-Leibler divergence, for classes whose targets are probabilities that sum
   * to 1.
   */
  public static KlDivergence klDivergence() {
    return new KlDivergence();
  }

  /** Returns the hinge loss, for any number of classes at the same time. */
  public static Hinge hinge() {
    return new Hinge();
  }

  /** Returns the squared hinge loss, for any number of classes at the same time. */
  public static SquaredHinge squaredHinge() {
    return new SquaredHinge();
  }

  /** Returns the hinge loss for exactly one of several classes. */
  public static CategoricalHinge categoricalHinge() {
    return new CategoricalHinge();
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
   * Returns the logarithm of the error's hyperbolic cosine: a smooth alternative to Huber's loss.
   */
  public static LogCosh logCosh() {
    return new LogCosh();
  }

  /**
   * Returns the Poisson loss, for counts. The network's outputs are the logarithms of the
   * predictions.
   */
  public static Poisson poisson() {
    return new Poisson();
  }

  /**
   * Returns the soft Dice loss, for segmentation with a class for each pixel. Add it to another
   * loss with {@link Loss#plus}.
   */
  public static Dice dice() {
    return new Dice();
  }

  /**
   * Returns the Tversky loss, a Dice loss that weights the two kinds of mistakes differently.
   *
   * @param alpha the weight of pixels that are found by mistake, above 0; 0.5 in Keras
   * @param beta the weight of pixels that are missed, above 0; 0.5 in Keras
   */
  public static Tversky tversky(double alpha, double beta) {
    return new Tversky(alpha, beta);
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
