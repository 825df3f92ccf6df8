package io.github.convnet4j.schedule;

/**
 * Creates learning rate schedules, for the options of {@code fit}:
 *
 * <pre>{@code
 * epochs(15).learningRate(Schedules.cosine(0.002).warmUp(1))
 * }</pre>
 *
 * <p>They span all epochs of the planned run. For a learning rate that depends on the validation
 * images, use the listener {@code ReduceOnPlateau}.
 */
public final class Schedules {
  private Schedules() {}

  /** Returns the same rate, above 0, for all steps. */
  public static Schedule constant(double rate) {
    return new Constant(rate);
  }

  /**
   * Returns a rate that changes in steps: {@code step(0.1, 0.5, 10)} is 0.1 for ten epochs, 0.05
   * for the next ten and so on.
   *
   * @param rate rate of the first epochs, above 0
   * @param factor above 0
   * @param everyEpochs at least 1
   */
  public static Schedule step(double rate, double factor, int everyEpochs) {
    return new Step(rate, factor, everyEpochs);
  }

  /**
   * Returns a rate that changes by a factor over each epoch, gradually with each step.
   *
   * @param rate rate of the first step, above 0
   * @param factorPerEpoch above 0, usually below 1
   */
  public static Schedule exponential(double rate, double factorPerEpoch) {
    return new Exponential(rate, factorPerEpoch);
  }

  /**
   * Returns a rate, above 0, that falls to 0 along half a cosine wave; {@code .end(rate)} sets
   * another end.
   */
  public static Cosine cosine(double rate) {
    return new Cosine(rate, 0);
  }

  /**
   * Returns a rate that rises from 1/25 of its peak in the first 30 % of the steps, and then falls
   * to 1/10,000 of the first rate.
   *
   * @param peak the highest rate, above 0
   */
  public static OneCycle oneCycle(double peak) {
    return new OneCycle(peak, 0.3, 25, 10_000);
  }
}
