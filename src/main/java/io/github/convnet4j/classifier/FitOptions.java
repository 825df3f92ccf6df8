package io.github.convnet4j.classifier;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.schedule.Schedule;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How long, in batches of what size and at what rate to train:
 *
 * <pre>{@code
 * FitOptions.epochs(15)
 *     .batchSize(100)
 *     .validationShare(0.1)
 *     .learningRate(Schedules.oneCycle(0.01))
 *     .augment(Augmentation.of(shift(0.1f), rotate(10)))
 *     .stopAfter(Duration.ofMinutes(20))
 * FitOptions.epochs(5).batchSize(10).epochs(9)
 *     // does not compile: the number of epochs is given first, and once
 * }</pre>
 *
 * <p>What is minimized is set where the classifier is made, and saved with it: class weights and
 * label smoothing by its loss ({@code softmaxCrossEntropy().labelSmoothing(0.1f)}), clipping of
 * gradients by its optimizer ({@code adam(0.001f).clipByGlobalNorm(1)}).
 *
 * <p>Immutable; each method gives the same options with one of them changed.
 */
public sealed interface FitOptions permits FitSettings {

  /** What becomes of the last images of an epoch where they do not fill a batch. */
  enum LastBatch {
    /** They are a batch of their own, smaller than the others. */
    SHORT,

    /** They are left out of this epoch; Keras calls it {@code drop_remainder}. */
    DROP,

    /**
     * They start the next epoch, filled up with its first images, as with {@code next_batch} of
     * TensorFlow 1's tutorials: all batches are of one size, and over the epochs no image is left
     * out.
     */
    CARRY_OVER
  }

  /**
   * This many more epochs, in batches of 100 images, without validation. Listeners start afresh.
   *
   * @param epochs how often every image is seen, at least 1
   */
  static FitOptions epochs(int epochs) {
    return FitSettings.of(epochs, false);
  }

  /**
   * Until the classifier has been trained this many epochs in all, counting those of earlier calls
   * and those before it was saved and loaded; if it has been, nothing is left to do. So the same
   * call resumes a run that was cut off, from a checkpoint, as if it had not been: the learning
   * rate's schedule spans all epochs, and listeners start from what the checkpoint kept of them.
   *
   * @param epochs at least 1
   */
  static FitOptions upTo(int epochs) {
    return FitSettings.of(epochs, true);
  }

  /** With batches of this many images, at least 1; {@link #lastBatch} says how an epoch ends. */
  FitOptions batchSize(int size);

  /** With this end of each epoch; a short batch unless it is set. */
  FitOptions lastBatch(LastBatch choice);

  /** Evaluated on these images after each epoch. */
  FitOptions validateOn(DataSet images);

  /**
   * Evaluated after each epoch on a share of the images, chosen at random by the shuffle seed, the
   * same share of each class, which are then not trained on.
   *
   * @param share above 0 and below 1; of the number of images, rounded, but at least one
   */
  FitOptions validationShare(double share);

  /** With the images shuffled by this seed rather than the classifier's own. */
  FitOptions shuffleSeed(int seed);

  /** With these learning rates rather than the optimizer's own. */
  FitOptions learningRate(Schedule schedule);

  /**
   * With each image changed at random each time it is trained on, by the classifier's seed; on a
   * thread of its own, ahead of the steps. Validation images stay as they are.
   */
  FitOptions augment(Augmentation by);

  /**
   * Stopped after this many steps of this call, if its epochs last longer. The next call continues
   * an epoch that is under way then.
   *
   * @param steps at least 1
   */
  FitOptions stopAfterSteps(long steps);

  /**
   * Stopped after the step during which this time runs out, if its epochs last longer; as {@link
   * #stopAfterSteps}.
   *
   * @param time above 0
   */
  FitOptions stopAfter(Duration time);

  /** How many epochs, more or {@link #inAll}. */
  int epochs();

  /** Whether the epochs of earlier calls count: {@link #upTo} or {@link #epochs(int)}. */
  boolean inAll();

  /** Images a step. */
  int batchSize();

  /** How an epoch ends whose images do not fill its last batch. */
  LastBatch lastBatch();

  /** The images that are evaluated after each epoch, if they were given. */
  Optional<DataSet> validation();

  /** The share of the images that are evaluated instead of trained on; 0 for none. */
  double validationShare();

  /** Of the images' order; empty for the classifier's own. */
  OptionalInt shuffleSeed();

  /** The learning rates; empty for the optimizer's own. */
  Optional<Schedule> learningRate();

  /** What is done to the images; {@link Augmentation#none} for nothing. */
  Augmentation augmentation();

  /** The largest number of steps. */
  OptionalLong stepLimit();

  /** The longest time. */
  Optional<Duration> timeLimit();
}
