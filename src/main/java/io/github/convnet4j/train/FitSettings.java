package io.github.convnet4j.train;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.schedule.Schedule;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The only implementation of {@link FitOptions}. That is an interface because the static methods of
 * an interface, unlike those of a class, cannot be called on an instance, whose settings would be
 * lost.
 */
record FitSettings(
    int epochs,
    boolean inAll,
    int batchSize,
    LastBatch lastBatch,
    Optional<DataSet> validation,
    double validationShare,
    OptionalInt shuffleSeed,
    Optional<Schedule> learningRate,
    Augmentation augmentation,
    OptionalLong stepLimit,
    Optional<Duration> timeLimit)
    implements FitOptions {
  private static final int DEFAULT_BATCH_SIZE = 100;

  FitSettings {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1: " + epochs);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1: " + batchSize);
    }
    requireNonNull(lastBatch, "lastBatch");
    requireNonNull(augmentation, "augmentation");
  }

  static FitSettings of(int epochs, boolean inAll) {
    return new FitSettings(
        epochs,
        inAll,
        DEFAULT_BATCH_SIZE,
        LastBatch.SHORT,
        Optional.empty(),
        0,
        OptionalInt.empty(),
        Optional.empty(),
        Augmentation.none(),
        OptionalLong.empty(),
        Optional.empty());
  }

  @Override
  public FitOptions batchSize(int size) {
    return new FitSettings(
        epochs,
        inAll,
        size,
        lastBatch,
        validation,
        validationShare,
        shuffleSeed,
        learningRate,
        augmentation,
        stepLimit,
        timeLimit);
  }

  @Override
  public FitOptions lastBatch(LastBatch choice) {
    return new FitSettings(
        epochs,
        inAll,
        batchSize,
        choice,
        validation,
        validationShare,
        shuffleSeed,
        learningRate,
        augmentation,
        stepLimit,
        timeLimit);
  }

  @Override
  public FitOptions validateOn(DataSet images) {
    return validation(Optional.of(images), 0);
  }

  @Override
  public FitOptions validationShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("validationShare must be above 0 and below 1: " + share);
    }
    return validation(Optional.empty(), share);
  }

  private FitOptions validation(Optional<DataSet> images, double share) {
    return new FitSettings(
        epochs,
        inAll,
        batchSize,
        lastBatch,
        images,
        share,
        shuffleSeed,
        learningRate,
        augmentation,
        stepLimit,
        timeLimit);
  }

  @Override
  public FitOptions shuffleSeed(int seed) {
    return new FitSettings(
        epochs,
        inAll,
        batchSize,
        lastBatch,
        validation,
        validationShare,
        OptionalInt.of(seed),
        learningRate,
        augmentation,
        stepLimit,
        timeLimit);
  }

  @Override
  public FitOptions learningRate(Schedule schedule) {
    return new FitSettings(
        epochs,
        inAll,
        batchSize,
        lastBatch,
        validation,
        validationShare,
        shuffleSeed,
        Optional.of(schedule),
        augmentation,
        stepLimit,
        timeLimit);
  }

  @Override
  public FitOptions augment(Augmentation by) {
    return new FitSettings(
        epochs,
        inAll,
        batchSize,
        lastBatch,
        validation,
        validationShare,
        shuffleSeed,
        learningRate,
        by,
        stepLimit,
        timeLimit);
  }

  @Override
  public FitOptions stopAfterSteps(long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1: " + steps);
    }
    return limits(OptionalLong.of(steps), timeLimit);
  }

  @Override
  public FitOptions stopAfter(Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException("time must be above 0: " + time);
    }
    return limits(stepLimit, Optional.of(time));
  }

  private FitOptions limits(OptionalLong steps, Optional<Duration> time) {
    return new FitSettings(
        epochs,
        inAll,
        batchSize,
        lastBatch,
        validation,
        validationShare,
        shuffleSeed,
        learningRate,
        augmentation,
        steps,
        time);
  }
}
