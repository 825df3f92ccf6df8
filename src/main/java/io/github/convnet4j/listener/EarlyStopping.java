package io.github.convnet4j.listener;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.classifier.History;
import io.github.convnet4j.classifier.ResumableListener;
import io.github.convnet4j.classifier.Snapshot;
import io.github.convnet4j.classifier.Training;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Stops when the validation images say that training does not help any more, and goes back to the
 * best epoch:
 *
 * <pre>{@code
 * classifier.fit(train, epochs(100).validateOn(validation),
 *     EarlyStopping.on(Monitor.VALIDATION_COST, 5).minDelta(0.001));
 * }</pre>
 *
 * <p>When training ends, stopped or not, the classifier becomes what it was after its best epoch,
 * the first of equals: all variables, batch norm's moving statistics, the optimizer's state, and
 * the number of steps and epochs trained. A further call of {@code fit} trains the epochs after the
 * best one anew, with the optimizer's state of that time, not of the end. The history that {@code
 * fit} returns has all epochs. Listeners after this one see the restored classifier in their {@code
 * trainEnd}.
 *
 * <p>An epoch after which a variable is not finite counts as one without gain, whatever its
 * validation result. If a listener throws, or there was no other epoch, nothing is restored. Each
 * call of {@code fit} begins anew: what an earlier one found is forgotten; only one that goes on
 * from a checkpoint, with {@code upTo}, goes on with its count and its best epoch, which the
 * checkpoint holds. The best epoch's variables are kept on the heap, once.
 */
public final class EarlyStopping implements ResumableListener {
  private final Monitor monitor;
  private final int patience;
  private final double minDelta;
  private double bestScore;
  private Optional<Snapshot> best = Optional.empty();
  private double scoreToBeat;
  private int epochsWithoutGain;

  private EarlyStopping(Monitor monitor, int patience, double minDelta) {
    this.monitor = requireNonNull(monitor, "monitor");
    if (patience < 1) {
      throw new IllegalArgumentException("patience must be at least 1: " + patience);
    }
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("minDelta must be a number of at least 0: " + minDelta);
    }
    this.patience = patience;
    this.minDelta = minDelta;
  }

  /**
   * Stops after so many epochs in a row without gain.
   *
   * @param monitor what must get better
   * @param patience epochs, at least 1
   */
  public static EarlyStopping on(Monitor monitor, int patience) {
    return new EarlyStopping(monitor, patience, 0);
  }

  /**
   * The same, but a gain of not more than this over the last gain counts as none. The best epoch is
   * the best all the same, by however little.
   *
   * @param newMinDelta in units of the cost, or as a share of 1 of the accuracy; at least 0
   */
  public EarlyStopping minDelta(double newMinDelta) {
    return new EarlyStopping(monitor, patience, newMinDelta);
  }

  /** The number of the best epoch of the last call of {@code fit}, if there was one. */
  public OptionalInt bestEpoch() {
    return best.map(snapshot -> OptionalInt.of(snapshot.epochs())).orElse(OptionalInt.empty());
  }

  /**
   * Begins anew.
   *
   * @throws IllegalArgumentException if there are no validation images
   */
  @Override
  public void trainBegin(Training training) {
    Monitor.requireValidation(training, "EarlyStopping");
    bestScore = Double.NEGATIVE_INFINITY;
    best = Optional.empty();
    scoreToBeat = Double.NEGATIVE_INFINITY;
    epochsWithoutGain = 0;
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    double score = monitor.score(result);
    boolean sound = true;
    if (score > bestScore) {
      Snapshot snapshot = training.classifier().snapshot();
      sound = snapshot.isFinite();
      if (sound) {
        bestScore = score;
        best = Optional.of(snapshot);
      }
    }
    if (sound && score - minDelta > scoreToBeat) {
      scoreToBeat = score;
      epochsWithoutGain = 0;
    } else if (++epochsWithoutGain >= patience) {
      training.stop();
    }
  }

  /** Has the monitor in it, so that one for each may be there. */
  @Override
  public String stateName() {
    return "early_stopping_" + monitor.name().toLowerCase(Locale.ROOT);
  }

  /** The best score, that to beat, the epochs without gain, and the best epoch's snapshot. */
  @Override
  public byte[] state() {
    byte[] snapshot = best.map(Snapshot::toBytes).orElse(new byte[0]);
    return ByteBuffer.allocate(2 * Double.BYTES + Integer.BYTES + snapshot.length)
        .putDouble(bestScore)
        .putDouble(scoreToBeat)
        .putInt(epochsWithoutGain)
        .put(snapshot)
        .array();
  }

  @Override
  public void resume(Training training, byte[] state) {
    ByteBuffer buffer = ByteBuffer.wrap(state);
    if (buffer.remaining() < 2 * Double.BYTES + Integer.BYTES) {
      throw new IllegalArgumentException(
          "state must be of at least 20 bytes: there are " + state.length);
    }
    bestScore = buffer.getDouble();
    scoreToBeat = buffer.getDouble();
    epochsWithoutGain = buffer.getInt();
    if (buffer.hasRemaining()) {
      byte[] snapshot = new byte[buffer.remaining()];
      buffer.get(snapshot);
      best = Optional.of(training.classifier().snapshot(snapshot)).filter(Snapshot::isFinite);
    }
    if (epochsWithoutGain >= patience) {
      training.stop();
    }
  }

  @Override
  public void trainEnd(Training training, History history) {
    best.ifPresent(training.classifier()::restore);
  }
}
