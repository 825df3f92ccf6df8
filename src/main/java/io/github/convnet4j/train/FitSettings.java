package io.github.convnet4j.train;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.schedule.Schedule;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    Optional<Source> validation,
    double validationShare,
    List<Metric> metrics,
    Map<String, List<Double>> classWeights,
    OptionalInt shuffleSeed,
    Optional<Schedule> learningRate,
    Augmentation augmentation,
    OptionalLong stepLimit,
    Optional<Duration> timeLimit)
    implements FitOptions {
  private static final int DEFAULT_BATCH_SIZE = 100;

  FitSettings {
    Require.atLeast("epochs", epochs, 1);
    Require.atLeast("batchSize", batchSize, 1);
    requireNonNull(lastBatch, "lastBatch");
    metrics = List.copyOf(metrics);
    classWeights = Map.copyOf(classWeights);
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
        List.of(),
        Map.of(),
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
        metrics,
        classWeights,
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
        metrics,
        classWeights,
        shuffleSeed,
        learningRate,
        augmentation,
        stepLimit,
        timeLimit);
  }

  @Override
  public FitOptions validateOn(Source examples) {
    return validation(Optional.of(examples), 0);
  }

  @Override
  public FitOptions validationShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("validationShare must be above 0 and below 1: " + share);
    }
    return validation(Optional.empty(), share);
  }

  private FitOptions validation(Optional<Source> examples, double share) {
    return new FitSettings(
        epochs,
        inAll,
        batchSize,
        lastBatch,
        examples,
        share,
        metrics,
        classWeights,
        shuffleSeed,
        learningRate,
        augmentation,
        stepLimit,
        timeLimit);
  }

  @Override
  public FitOptions metrics(Metric... added) {
    return new FitSettings(
        epochs,
        inAll,
        batchSize,
        lastBatch,
        validation,
        validationShare,
        List.of(added),
        classWeights,
        shuffleSeed,
        learningRate,
        augmentation,
        stepLimit,
        timeLimit);
  }

  @Override
  public FitOptions classWeights(double... weights) {
    return withClassWeights("", weights);
  }

  @Override
  public FitOptions classWeights(String output, double... weights) {
    if (output.isEmpty()) {
      throw new IllegalArgumentException("output must be the name of an output, not empty");
    }
    return withClassWeights(output, weights);
  }

  private FitOptions withClassWeights(String output, double... weights) {
    List<Double> checked = Arrays.stream(weights).boxed().toList();
    boolean valid =
        checked.stream().allMatch(weight -> weight >= 0 && Float.isFinite(weight.floatValue()));
    if (!valid || checked.stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException(
          "classWeights must be finite and at least 0, and at least one above 0: " + checked);
    }
    Map<String, List<Double>> all = new HashMap<>(classWeights);
    all.put(output, checked);
    return new FitSettings(
        epochs,
        inAll,
        batchSize,
        lastBatch,
        validation,
        validationShare,
        metrics,
        all,
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
        metrics,
        classWeights,
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
        metrics,
        classWeights,
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
        metrics,
        classWeights,
        shuffleSeed,
        learningRate,
        by,
        stepLimit,
        timeLimit);
  }

  @Override
  public FitOptions stopAfterSteps(long steps) {
    Require.atLeast("steps", steps, 1);
    return limits(OptionalLong.of(steps), timeLimit);
  }

  @Override
  public FitOptions stopAfter(Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException("time must be above 0: " + time);
    }
    return limits(stepLimit, Optional.of(time));
  }

  @Override
  public void checkMemory(int examples, long values) {
    BatchSource.checkMemory(TrainingRun.BATCHES_IN_USE, Math.min(batchSize, examples), values);
  }

  private FitOptions limits(OptionalLong steps, Optional<Duration> time) {
    return new FitSettings(
        epochs,
        inAll,
        batchSize,
        lastBatch,
        validation,
        validationShare,
        metrics,
        classWeights,
        shuffleSeed,
        learningRate,
        augmentation,
        steps,
        time);
  }
}
