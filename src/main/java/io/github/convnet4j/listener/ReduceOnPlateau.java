package io.github.convnet4j.listener;

import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.ResumableListener;
import io.github.convnet4j.train.Training;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Lowers the learning rate when a value no longer improves:
 *
 * <pre>{@code
 * model.fit(train, epochs(100).validateOn(validation),
 *     ReduceOnPlateau.on("val_loss", 3).factor(0.5).least(1e-5));
 * }</pre>
 *
 * <p>After a number of epochs in a row without improvement, all following learning rates are
 * multiplied by the factor, and the count starts again. This is Keras' {@code ReduceLROnPlateau}
 * without its cooldown.
 */
public final class ReduceOnPlateau implements ResumableListener {
  private static final double DEFAULT_FACTOR = 0.1;

  private final Monitor monitor;
  private final int patience;
  private final double factor;
  private final double minDelta;
  private final double least;
  private double scoreToBeat;
  private int epochsWithoutImprovement;
  private double reduced;

  private ReduceOnPlateau(
      Monitor monitor, int patience, double factor, double minDelta, double least) {
    this.monitor = monitor;
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
      throw new IllegalArgumentException(name + " must be finite and not negative: " + value);
    }
  }

  /**
   * Lowers the learning rate to a tenth.
   *
   * @param monitor the name of the value that must improve, for example {@code val_loss}; see
   *     {@link EpochResult#values}
   * @param patience number of epochs in a row without improvement, at least 1
   */
  public static ReduceOnPlateau on(String monitor, int patience) {
    return new ReduceOnPlateau(new Monitor(monitor), patience, DEFAULT_FACTOR, 0, 0);
  }

  /** Returns this listener with another factor, above 0 and below 1. */
  public ReduceOnPlateau factor(double newFactor) {
    return new ReduceOnPlateau(monitor, patience, newFactor, minDelta, least);
  }

  /**
   * Returns this listener with a threshold: improvements of at most this much do not count. It must
   * not be negative.
   */
  public ReduceOnPlateau minDelta(double newMinDelta) {
    return new ReduceOnPlateau(monitor, patience, factor, newMinDelta, least);
  }

  /**
   * Returns this listener with a lowest learning rate, below which it does not lower the current
   * one. It must not be negative.
   */
  public ReduceOnPlateau least(double rate) {
    return new ReduceOnPlateau(monitor, patience, factor, minDelta, rate);
  }

  @Override
  public List<String> watches() {
    return List.of(monitor.name());
  }

  /**
   * Starts afresh.
   *
   * @throws IllegalArgumentException if the run does not compute the value
   */
  @Override
  public void trainBegin(Training training) {
    monitor.begin(training, "ReduceOnPlateau");
    scoreToBeat = Double.NEGATIVE_INFINITY;
    epochsWithoutImprovement = 0;
    reduced = 1;
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    double score = monitor.score(result);
    if (score - minDelta > scoreToBeat) {
      scoreToBeat = score;
      epochsWithoutImprovement = 0;
    } else if (++epochsWithoutImprovement >= patience) {
      epochsWithoutImprovement = 0;
      multiply(training, Math.max(factor, Math.min(1, least / training.learningRate())));
    }
  }

  private void multiply(Training training, double by) {
    reduced *= by;
    training.learningRateFactor(training.learningRateFactor() * by);
  }

  /**
   * Returns a name that contains the monitor, so that there may be one listener for each monitor.
   */
  @Override
  public String stateName() {
    return "reduce_on_plateau_" + monitor.name();
  }

  /**
   * Returns the score to beat, the count of epochs, and the product of all factors applied so far.
   */
  @Override
  public byte[] state() {
    return ByteBuffer.allocate(2 * Double.BYTES + Integer.BYTES)
        .putDouble(scoreToBeat)
        .putInt(epochsWithoutImprovement)
        .putDouble(reduced)
        .array();
  }

  @Override
  public void resume(Training training, byte[] state) {
    if (state.length != 2 * Double.BYTES + Integer.BYTES) {
      throw new IllegalArgumentException("state must have 20 bytes: " + state.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(state);
    scoreToBeat = buffer.getDouble();
    epochsWithoutImprovement = buffer.getInt();
    multiply(training, buffer.getDouble());
  }
}
