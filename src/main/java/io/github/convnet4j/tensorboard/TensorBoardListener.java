package io.github.convnet4j.tensorboard;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.classifier.BatchResult;
import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.classifier.History;
import io.github.convnet4j.classifier.Training;
import io.github.convnet4j.classifier.TrainingListener;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes what happens in training for TensorBoard to show, while it happens:
 *
 * <pre>{@code
 * classifier.fit(train, epochs(15).validateOn(validation),
 *     TensorBoardListener.into(Path.of("logs", "first")).mistakes(25));
 * // tensorboard --logdir logs
 * }</pre>
 *
 * <p>There are two runs, as Keras has them, so that their curves share a chart. In the folder
 * {@code train}:
 *
 * <ul>
 *   <li>{@code batch/cost}, whose step counts the classifier's training steps, at every tenth; the
 *       step of all others is the epoch;
 *   <li>{@code epoch/cost} and {@code epoch/accuracy}, while training;
 *   <li>{@code epoch/learning_rate}, that of the epoch's last step;
 *   <li>{@code epoch/images_per_second}, from the end of the epoch's first step to that of its
 *       last; not where there is one step only;
 *   <li>{@code weights/conv2d/kernel} and so on, the spread of each trainable variable after the
 *       epoch, and as epoch 0 before the first; of its finite values;
 *   <li>{@code filters/conv2d/kernel}, the first convolution's filters, at the same times. Black is
 *       the negative of the greatest weight, grey is 0, white the greatest.
 * </ul>
 *
 * In the folder {@code validation}, if there are images for it:
 *
 * <ul>
 *   <li>{@code epoch/cost}, the loss without any penalty on weights, and {@code epoch/accuracy};
 *   <li>{@code mistakes}, the first 36 images told wrongly, with label and prediction below.
 * </ul>
 *
 * <p>Training that goes on, in this process or the next, adds new files to the same folders. A
 * listener may be used again, but for one {@code fit} at a time. Nothing stays open if training
 * ends by an exception, and what was written until then is there.
 *
 * <p>What cannot be written ends the training by an {@link EventFileException}.
 */
public final class TensorBoardListener implements TrainingListener {
  private static final int DEFAULT_STEPS = 10;
  private static final int DEFAULT_MISTAKES = 36;

  private final Settings settings;
  private TrainingLog log;

  /**
   * What to write where.
   *
   * @param batchCostEvery in steps, 0 for never
   * @param mistakes at most so many, 0 for no picture
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
   * Writes everything.
   *
   * @param folder of this training; best one of several in the folder that TensorBoard is given
   */
  public static TensorBoardListener into(Path folder) {
    return new TensorBoardListener(
        new Settings(folder, DEFAULT_STEPS, true, true, DEFAULT_MISTAKES));
  }

  /** The same with the cost of every {@code steps}-th step; 0 for none. */
  public TensorBoardListener batchCostEvery(int steps) {
    return with(
        new Settings(
            settings.folder(),
            steps,
            settings.histograms(),
            settings.filters(),
            settings.mistakes()));
  }

  /** The same with or without the spread of the weights. */
  public TensorBoardListener histograms(boolean written) {
    return with(
        new Settings(
            settings.folder(),
            settings.batchCostEvery(),
            written,
            settings.filters(),
            settings.mistakes()));
  }

  /** The same with or without the first convolution's filters. */
  public TensorBoardListener filters(boolean written) {
    return with(
        new Settings(
            settings.folder(),
            settings.batchCostEvery(),
            settings.histograms(),
            written,
            settings.mistakes()));
  }

  /** The same with at most this many images told wrongly; 0 for none. */
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
   * Begins the files.
   *
   * @throws StoreException if the folder is that of a saved model, or in it
   * @throws EventFileException if the folder cannot be written to
   */
  @Override
  public void trainBegin(Training training) {
    SavedFiles.checkOutside(settings.folder());
    log = TrainingLog.begin(settings, training);
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
}
