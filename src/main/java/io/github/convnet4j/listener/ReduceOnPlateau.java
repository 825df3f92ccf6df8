package io.github.convnet4j.listener;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.classifier.ResumableListener;
import io.github.convnet4j.classifier.Training;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Lowers the learning rate when the validation images say that training does not help any more:
 *
 * <pre>{@code
 * classifier.fit(train, epochs(100).validateOn(validation),
 *     ReduceOnPlateau.on(Monitor.VALIDATION_COST, 3).factor(0.5).least(1e-5));
 * }</pre>
 *
 * <p>After so many epochs in a row without gain, all learning rates to come are multiplied by the
 * factor, and the count begins anew. As Keras' {@code ReduceLROnPlateau} does, without its
 * cool-down.
 */
public final class ReduceOnPlateau implements ResumableListener {
  private static final double DEFAULT_FACTOR = 0.1;

  private final Monitor monitor;
  private final int patience;
  private final double factor;
  private final double minDelta;
  private final double least;
  private double scoreToBeat;
  private int epochsWithoutGain;
  private double reduced;

  private ReduceOnPlateau(
      Monitor monitor, int patience, double factor, double minDelta, double least) {
    this.monitor = requireNonNull(monitor, "monitor");
    if (patience < 1) {
      throw new IllegalArgumentException("patience must be at least 1: " + patience);
    }
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException("factor must be above 0 and below 1: " + factor);
    }
    requireNotNegative("minDelta", minDelta);
    requireNotNegative("least", least);
    this.patience = patience;
    this.factor = factor;
    this.minDelta = minDelta;
    this.least = least;
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be a number of at least 0: " + value);
    }
  }

  /**
   * Lowers it to a tenth.
   *
   * @param monitor what must get better
   * @param patience epochs in a row without gain, at least 1
   */
  public static ReduceOnPlateau on(Monitor monitor, int patience) {
    return new ReduceOnPlateau(monitor, patience, DEFAULT_FACTOR, 0, 0);
  }

  /** The same by another factor, above 0 and below 1. */
  public ReduceOnPlateau factor(double newFactor) {
    return new ReduceOnPlateau(monitor, patience, newFactor, minDelta, least);
  }

  /** The same, but a gain of not more than this counts as none; at least 0. */
  public ReduceOnPlateau minDelta(double newMinDelta) {
    return new ReduceOnPlateau(monitor, patience, factor, newMinDelta, least);
  }

  /** The same, but never lowering the rate of the moment below this; at least 0. */
  public ReduceOnPlateau least(double rate) {
    return new ReduceOnPlateau(monitor, patience, factor, minDelta, rate);
  }

  /**
   * Begins anew.
   *
   * @throws IllegalArgumentException if there are no validation images
   */
  @Override
  public void trainBegin(Training training) {
    Monitor.requireValidation(training, "ReduceOnPlateau");
    scoreToBeat = Double.NEGATIVE_INFINITY;
    epochsWithoutGain = 0;
    reduced = 1;
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    double score = monitor.score(result);
    if (score - minDelta > scoreToBeat) {
      scoreToBeat = score;
      epochsWithoutGain = 0;
    } else if (++epochsWithoutGain >= patience) {
      epochsWithoutGain = 0;
      multiply(training, Math.max(factor, Math.min(1, least / training.learningRate())));
    }
  }

  private void multiply(Training training, double by) {
    reduced *= by;
    training.learningRateFactor(training.learningRateFactor() * by);
  }

  /** Has the monitor in it, so that one for each may be there. */
  @Override
  public String stateName() {
    return "reduce_on_plateau_" + monitor.name().toLowerCase(Locale.ROOT);
  }

  /** The score to beat, the epochs without gain, and what it multiplied the rate by in all. */
  @Override
  public byte[] state() {
    return ByteBuffer.allocate(2 * Double.BYTES + Integer.BYTES)
        .putDouble(scoreToBeat)
        .putInt(epochsWithoutGain)
        .putDouble(reduced)
        .array();
  }

  @Override
  public void resume(Training training, byte[] state) {
    if (state.length != 2 * Double.BYTES + Integer.BYTES) {
      throw new IllegalArgumentException("state must be of 20 bytes: there are " + state.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(state);
    scoreToBeat = buffer.getDouble();
    epochsWithoutGain = buffer.getInt();
    multiply(training, buffer.getDouble());
  }
}
