package io.github.convnet4j.classifier;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.schedule.Schedule;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How long, in what portions and at what rate to train:
 *
 * <pre>{@code
 * FitOptions.epochs(15)
 *     .batchSize(100)
 *     .validationShare(0.1)
 *     .learningRate(Schedules.oneCycle(0.01))
 *     .augment(Augmentation.of(shift(0.1f), rotate(10)))
 *     .stopAfter(Duration.ofMinutes(20))
 * }</pre>
 *
 * <p>What is made smaller is said where the classifier is made, and saved with it: class weights
 * and label smoothing by its loss ({@code softmaxCrossEntropy().labelSmoothing(0.1f)}), clipping of
 * gradients by its optimizer ({@code adam(0.001f).clipByGlobalNorm(1)}).
 *
 * <p>Immutable; each method gives the same options with one of them changed.
 */
public final class FitOptions {
  private static final int DEFAULT_BATCH_SIZE = 100;

  private final int epochs;
  private final boolean inAll;
  private int batchSize = DEFAULT_BATCH_SIZE;
  private Optional<DataSet> validation = Optional.empty();
  private double validationShare;
  private OptionalInt shuffleSeed = OptionalInt.empty();
  private Optional<Schedule> learningRate = Optional.empty();
  private Augmentation augmentation = Augmentation.none();
  private OptionalLong stepLimit = OptionalLong.empty();
  private Optional<Duration> timeLimit = Optional.empty();

  private FitOptions(int epochs, boolean inAll) {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1: " + epochs);
    }
    this.epochs = epochs;
    this.inAll = inAll;
  }

  private FitOptions(FitOptions same) {
    epochs = same.epochs;
    inAll = same.inAll;
    batchSize = same.batchSize;
    validation = same.validation;
    validationShare = same.validationShare;
    shuffleSeed = same.shuffleSeed;
    learningRate = same.learningRate;
    augmentation = same.augmentation;
    stepLimit = same.stepLimit;
    timeLimit = same.timeLimit;
  }

  /**
   * This many epochs more, in batches of 100 images, not validated. Listeners begin anew.
   *
   * @param epochs how often every image is seen, at least 1
   */
  public static FitOptions epochs(int epochs) {
    return new FitOptions(epochs, false);
  }

  /**
   * Until the classifier has been trained this many epochs in all, those of earlier calls and
   * before it was saved and loaded included; nothing is left to do if it has. So the same call goes
   * on with a training that was cut off, from a checkpoint, as if it had not been: the learning
   * rate's schedule spans all epochs, and listeners begin with what the checkpoint kept of them.
   *
   * @param epochs at least 1
   */
  public static FitOptions upTo(int epochs) {
    return new FitOptions(epochs, true);
  }

  /** With batches of this many images, at least 1; the last of an epoch may have less. */
  public FitOptions batchSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1: " + size);
    }
    FitOptions changed = new FitOptions(this);
    changed.batchSize = size;
    return changed;
  }

  /** Evaluated on these images after each epoch. */
  public FitOptions validateOn(DataSet images) {
    FitOptions changed = new FitOptions(this);
    changed.validation = Optional.of(images);
    changed.validationShare = 0;
    return changed;
  }

  /**
   * Evaluated after each epoch on a share of the images, chosen at random by the shuffle seed, the
   * same share of each class, which are then not trained on.
   *
   * @param share above 0 and below 1; of the number of images, rounded, but at least one
   */
  public FitOptions validationShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("validationShare must be above 0 and below 1: " + share);
    }
    FitOptions changed = new FitOptions(this);
    changed.validation = Optional.empty();
    changed.validationShare = share;
    return changed;
  }

  /** With the images shuffled by this seed rather than the classifier's own. */
  public FitOptions shuffleSeed(int seed) {
    FitOptions changed = new FitOptions(this);
    changed.shuffleSeed = OptionalInt.of(seed);
    return changed;
  }

  /** With these learning rates rather than the optimizer's own. */
  public FitOptions learningRate(Schedule schedule) {
    FitOptions changed = new FitOptions(this);
    changed.learningRate = Optional.of(schedule);
    return changed;
  }

  /**
   * With each image changed at random each time it is trained on, by the classifier's seed; on a
   * thread of its own, ahead of the steps. Validation images stay as they are.
   */
  public FitOptions augment(Augmentation by) {
    FitOptions changed = new FitOptions(this);
    changed.augmentation = requireNonNull(by, "by");
    return changed;
  }

  /**
   * Stopped after so many steps of this call, if its epochs last longer. An epoch that is under way
   * then is gone on with by the next call.
   *
   * @param steps at least 1
   */
  public FitOptions stopAfterSteps(long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1: " + steps);
    }
    FitOptions changed = new FitOptions(this);
    changed.stepLimit = OptionalLong.of(steps);
    return changed;
  }

  /**
   * Stopped after the step in which this time is over, if its epochs last longer; as {@link
   * #stopAfterSteps}.
   *
   * @param time above 0
   */
  public FitOptions stopAfter(Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException("time must be above 0: " + time);
    }
    FitOptions changed = new FitOptions(this);
    changed.timeLimit = Optional.of(time);
    return changed;
  }

  /** How many epochs, more or {@link #inAll}. */
  public int epochs() {
    return epochs;
  }

  /** Whether the epochs of earlier calls count: {@link #upTo} or {@link #epochs(int)}. */
  public boolean inAll() {
    return inAll;
  }

  /** Images a step. */
  public int batchSize() {
    return batchSize;
  }

  /** The images that are evaluated after each epoch, if they were given. */
  public Optional<DataSet> validation() {
    return validation;
  }

  /** The share of the images that are evaluated instead of trained on; 0 for none. */
  public double validationShare() {
    return validationShare;
  }

  /** Of the images' order; empty for the classifier's own. */
  public OptionalInt shuffleSeed() {
    return shuffleSeed;
  }

  /** The learning rates; empty for the optimizer's own. */
  public Optional<Schedule> learningRate() {
    return learningRate;
  }

  /** What is done to the images; {@link Augmentation#none} for nothing. */
  public Augmentation augmentation() {
    return augmentation;
  }

  /** The most steps. */
  public OptionalLong stepLimit() {
    return stepLimit;
  }

  /** The longest time. */
  public Optional<Duration> timeLimit() {
    return timeLimit;
  }
}
