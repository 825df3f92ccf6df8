package io.github.convnet4j.tensorboard;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.store.WriteLock;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Logs training for TensorBoard, which can show it live:
 *
 * <pre>{@code
 * model.fit(train, epochs(15).validateOn(validation),
 *     TensorBoardListener.into(Path.of("logs", "first")).mistakes(25));
 * // tensorboard --logdir logs
 * }</pre>
 *
 * <p>There are two runs, like in Keras, so that their curves share a chart. In the folder {@code
 * train}:
 *
 * <ul>
 *   <li>{@code batch/cost}, every tenth step. Its step is the number of training steps; the step of
 *       all other values is the epoch;
 *   <li>{@code epoch/loss}, which is the cost, and each metric, for example {@code epoch/accuracy},
 *       measured during training;
 *   <li>{@code epoch/learning_rate}, in the last step of the epoch;
 *   <li>{@code epoch/examples_per_second}, from the end of the first step of the epoch to the end
 *       of its last; missing if there is only one step;
 *   <li>{@code weights/conv2d/kernel} and so on, a histogram of the finite values of each trainable
 *       variable after each epoch, and before the first one as epoch 0;
 *   <li>{@code filters/conv2d/kernel}, the filters of the first convolution, at the same times.
 *       White is the largest absolute weight, gray is 0, black is its negative.
 * </ul>
 *
 * In the folder {@code validation}, if there are validation examples:
 *
 * <ul>
 *   <li>{@code epoch/loss}, without any penalty on weights, and the metrics;
 *   <li>{@code mistakes}, for a {@link io.github.convnet4j.data.DataSet} the first 36 misclassified
 *       images, with label and prediction below.
 * </ul>
 *
 * <p>A run that continues, in this process or a later one, adds new files to the same folders. A
 * listener can be reused, but no two calls of {@code fit} can write to the same folder at the same
 * time, in this process or others. If training ends with an exception, no file stays open, and
 * everything written before is kept.
 *
 * <p>If a file cannot be written, training ends with an {@link EventFileException}.
 */
public final class TensorBoardListener implements TrainingListener {
  private static final int DEFAULT_STEPS = 10;
  private static final int DEFAULT_MISTAKES = 36;

  private final Settings settings;
  private TrainingLog log;
  private Optional<WriteLock> lock = Optional.empty();

  /**
   * What to write, and where.
   *
   * @param batchCostEvery in steps, 0 for never
   * @param mistakes the largest number of images, 0 for no picture
   */
  record Settings(
      Path folder, int batchCostEvery, boolean histograms, boolean filters, int mistakes) {
    Settings {
      requireNonNull(folder, "folder");
      checkNotNegative("batchCostEvery", batchCostEvery);
      checkNotNegative("mistakes", mistakes);
    }

    private static void checkNotNegative(String name, int value) {
      if (value < 0) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "%s must be at least 0: %d", name, value));
      }
    }
  }

  private TensorBoardListener(Settings settings) {
    this.settings = settings;
  }

  /**
   * Returns a listener that logs everything.
   *
   * @param folder the folder of this run, preferably a subfolder of TensorBoard's log folder
   */
  public static TensorBoardListener into(Path folder) {
    return new TensorBoardListener(
        new Settings(folder, DEFAULT_STEPS, true, true, DEFAULT_MISTAKES));
  }

  /** Returns this listener with the cost logged every {@code steps} steps; 0 for never. */
  public TensorBoardListener batchCostEvery(int steps) {
    return with(
        new Settings(
            settings.folder(),
            steps,
            settings.histograms(),
            settings.filters(),
            settings.mistakes()));
  }

  /** Returns this listener with or without histograms of the weights. */
  public TensorBoardListener histograms(boolean written) {
    return with(
        new Settings(
            settings.folder(),
            settings.batchCostEvery(),
            written,
            settings.filters(),
            settings.mistakes()));
  }

  /** Returns this listener with or without the filters of the first convolution. */
  public TensorBoardListener filters(boolean written) {
    return with(
        new Settings(
            settings.folder(),
            settings.batchCostEvery(),
            settings.histograms(),
            written,
            settings.mistakes()));
  }

  /** Returns this listener with at most this many misclassified images; 0 for none. */
  public TensorBoardListener mistakes(int most) {
    return with(
        new Settings(
            settings.folder(),
            settings.batchCostEvery(),
            settings.histograms(),
            settings.filters(),
            most));
  }

  private static TensorBoardListener with(Settings settings) {
    return new TensorBoardListener(settings);
  }

  /**
   * Creates the files.
   *
   * @throws StoreException if the folder is that of a saved model, or inside one, cannot be written
   *     to, or another run writes to it
   * @throws EventFileException if the files cannot be written
   */
  @Override
  public void trainBegin(Training training) {
    SavedFiles.checkOutside(settings.folder());
    lock = Optional.of(WriteLock.onFolder(settings.folder()));
    log = TrainingLog.start(settings, training);
  }

  @Override
  public void batchEnd(Training training, BatchResult result) {
    log.batch(training, result);
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    log.epoch(training, result);
  }

  @Override
  public void trainEnd(Training training, History history) {
    log.close();
  }

  @Override
  public void release(Training training) {
    lock.ifPresent(WriteLock::close);
    lock = Optional.empty();
  }
}
