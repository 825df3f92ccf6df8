package io.github.convnet4j.listener;

import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.ResumableListener;
import io.github.convnet4j.train.Snapshot;
import io.github.convnet4j.train.Training;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Stops training when validation results no longer improve, and restores the best epoch:
 *
 * <pre>{@code
 * model.fit(train, epochs(100).validateOn(validation),
 *     EarlyStopping.on("val_loss", 5).minDelta(0.001));
 * }</pre>
 *
 * <p>When training ends, whether it was stopped or not, the model returns to its state after the
 * best epoch (the first, if several are equal): all variables, batch norm's moving statistics, the
 * optimizer's state, and the numbers of trained steps and epochs. Another call of {@code fit}
 * continues from there. The history that {@code fit} returns has all epochs. Later listeners see
 * the restored model in their {@code trainEnd}.
 *
 * <p>An epoch after which a variable is not finite counts as one without improvement, whatever its
 * validation result. If a listener throws an exception, or every epoch was of that kind, nothing is
 * restored. Each call of {@code fit} starts afresh. But a run that resumes from a checkpoint with
 * {@code upTo} also resumes the count and the best epoch, which the checkpoint holds. One copy of
 * the best epoch's variables is kept on the heap.
 */
public final class EarlyStopping implements ResumableListener {
  private final Monitor monitor;
  private final int patience;
  private final double minDelta;
  private double bestScore;
  private Optional<Snapshot> best = Optional.empty();
  private double scoreToBeat;
  private int epochsWithoutImprovement;

  private EarlyStopping(Monitor monitor, int patience, double minDelta) {
    this.monitor = monitor;
    if (patience < 1) {
      throw new IllegalArgumentException("patience must be at least 1: " + patience);
    }
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("minDelta must be finite and not negative: " + minDelta);
    }
    this.patience = patience;
    this.minDelta = minDelta;
  }

  /**
   * Stops after {@code patience} epochs in a row without improvement.
   *
   * @param monitor the name of the value that must improve, for example {@code val_loss} or {@code
   *     val_f1}; see {@link EpochResult#values}
   * @param patience number of epochs, at least 1
   */
  public static EarlyStopping on(String monitor, int patience) {
    return new EarlyStopping(new Monitor(monitor), patience, 0);
  }

  /**
   * Returns this listener with a threshold: an improvement of at most {@code newMinDelta} does not
   * count. The best epoch is still the one with the best result, even if it is better by less.
   *
   * @param newMinDelta a difference of the monitored value, not negative
   */
  public EarlyStopping minDelta(double newMinDelta) {
    return new EarlyStopping(monitor, patience, newMinDelta);
  }

  /** Returns the number of the best epoch of the last call of {@code fit}, if there was one. */
  public OptionalInt bestEpoch() {
    return best.map(snapshot -> OptionalInt.of(snapshot.epochs())).orElse(OptionalInt.empty());
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
    monitor.begin(training, "EarlyStopping");
    bestScore = Double.NEGATIVE_INFINITY;
    best = Optional.empty();
    scoreToBeat = Double.NEGATIVE_INFINITY;
    epochsWithoutImprovement = 0;
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    double score = monitor.score(result);
    boolean finite = true;
    if (score > bestScore) {
      Snapshot snapshot = training.model().snapshot();
      finite = snapshot.isFinite();
      if (finite) {
        bestScore = score;
        best = Optional.of(snapshot);
      }
    }
    if (finite && score - minDelta > scoreToBeat) {
      scoreToBeat = score;
      epochsWithoutImprovement = 0;
    } else if (++epochsWithoutImprovement >= patience) {
      training.stop();
    }
  }

  /**
   * Returns a name that contains the monitor, so that there may be one listener for each monitor.
   */
  @Override
  public String stateName() {
    return "early_stopping_" + monitor.name();
  }

  /**
   * Returns the best score, the score to beat, the count of epochs, and the best epoch's snapshot.
   */
  @Override
  public byte[] state() {
    byte[] snapshot = best.map(Snapshot::toBytes).orElse(new byte[0]);
    return ByteBuffer.allocate(2 * Double.BYTES + Integer.BYTES + snapshot.length)
        .putDouble(bestScore)
        .putDouble(scoreToBeat)
        .putInt(epochsWithoutImprovement)
        .put(snapshot)
        .array();
  }

  @Override
  public void resume(Training training, byte[] state) {
    ByteBuffer buffer = ByteBuffer.wrap(state);
    if (buffer.remaining() < 2 * Double.BYTES + Integer.BYTES) {
      throw new IllegalArgumentException("state must have at least 20 bytes: " + state.length);
    }
    bestScore = buffer.getDouble();
    scoreToBeat = buffer.getDouble();
    epochsWithoutImprovement = buffer.getInt();
    if (buffer.hasRemaining()) {
      byte[] snapshot = new byte[buffer.remaining()];
      buffer.get(snapshot);
      best = Optional.of(training.model().snapshot(snapshot)).filter(Snapshot::isFinite);
    }
    if (epochsWithoutImprovement >= patience) {
      training.stop();
    }
  }

  @Override
  public void trainEnd(Training training, History history) {
    best.ifPresent(training.model()::restore);
  }
}
