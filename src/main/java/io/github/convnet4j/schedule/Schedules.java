package io.github.convnet4j.schedule;

/**
 * The schedules, for {@code fit}'s options:
 *
 * <pre>{@code
 * epochs(15).learningRate(Schedules.cosine(0.002).warmUp(1))
 * }</pre>
 *
 * <p>They span the training that is planned, all its epochs; a rate that follows what the
 * validation images say is the listener {@code ReduceOnPlateau}'s.
 */
public final class Schedules {
  private Schedules() {}

  /** One rate, above 0, for all steps. */
  public static Schedule constant(double rate) {
    return new Constant(rate);
  }

  /**
   * A rate in steps: {@code step(0.1, 0.5, 10)} is 0.1 for ten epochs, 0.05 for the next ten and so
   * on.
   *
   * @param rate of the first epochs, above 0
   * @param factor above 0
   * @param everyEpochs at least 1
   */
  public static Schedule step(double rate, double factor, int everyEpochs) {
    return new Step(rate, factor, everyEpochs);
  }

  /**
   * A rate that changes by a factor each epoch, a little with each step.
   *
   * @param rate of the first step, above 0
   * @param factorPerEpoch above 0, below 1 as a rule
   */
  public static Schedule exponential(double rate, double factorPerEpoch) {
    return new Exponential(rate, factorPerEpoch);
  }

  /** A rate, above 0, that falls to 0 along half a wave; {@code .end(rate)} for another end. */
  public static Cosine cosine(double rate) {
    return new Cosine(rate, 0);
  }

  /**
   * A rate that rises in the first 3 tenths of the steps from a 25th of its greatest, and then
   * falls to a 10,000th of the first.
   *
   * @param greatest above 0
   */
  public static OneCycle oneCycle(double greatest) {
    return new OneCycle(greatest, 0.3, 25, 10_000);
  }
}
