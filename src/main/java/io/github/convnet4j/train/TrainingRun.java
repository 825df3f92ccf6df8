package io.github.convnet4j.train;

import io.github.convnet4j.data.Prefetcher;
import io.github.convnet4j.evaluate.Scores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.tensorflow.ndarray.Shape;

/** One call of {@code fit}: trains batch after batch, epoch after epoch, each in a new order. */
final class TrainingRun {
  /** Batches to prepare during a step: one, and another one to even out the pace. */
  private static final int BATCHES_AHEAD = 2;

  /** The prepared batches and the current one: earlier ones are no longer used. */
  static final int BATCHES_IN_USE = BATCHES_AHEAD + 1;

  private final Model<?> model;
  private final Engine engine;
  private final Progress progress;
  private final CloseGate gate;
  private final Plan plan;
  private final LearningRate learningRate;
  private final WatchedMetrics watched;
  private final EpochMetrics metrics;
  private final Training training;
  private final Listeners listeners;
  private final List<Shape> inputShapes;
  private final boolean fromFiles;
  private final List<EpochResult> epochs = new ArrayList<>();

  /**
   * @param split the training examples, and the options
   */
  TrainingRun(
      Model<?> model,
      Engine engine,
      Progress progress,
      CloseGate gate,
      Plan plan,
      LearningRate learningRate,
      WatchedMetrics watched,
      HeldOut split,
      Listeners listeners) {
    this.model = model;
    this.engine = engine;
    this.progress = progress;
    this.gate = gate;
    this.plan = plan;
    this.learningRate = learningRate;
    this.watched = watched;
    this.metrics = watched.start();
    this.listeners = listeners;
    this.inputShapes = split.training().inputShapes();
    this.fromFiles = split.training().inputFormat().isPresent();
    this.training =
        new Training(
            model,
            split.training(),
            split.options(),
            plan,
            learningRate,
            watched,
            metrics,
            progress);
  }

  Training training() {
    return training;
  }

  /**
   * Trains from the current progress of the model.
   *
   * @param batches supplies the batches from there on; called by another thread. It may overwrite a
   *     batch when it is asked for the {@link #BATCHES_IN_USE}th one after it
   * @param states the listeners' saved states, if this resumes a run
   */
  History run(BatchSource batches, ListenerStates states) {
    Deadline deadline = Deadline.of(training.options(), progress.reached().steps());
    metrics.restore(progress.metrics());
    progress.setMetrics(metrics::state);
    if (epochsLeft()) {
      moveLearningRate();
    }
    listeners.forEach(listener -> listener.trainBegin(training));
    listeners.resume(training, states);
    if (epochsLeft() && !training.stopped()) {
      if (progress.reached().inEpoch().examples() == plan.examplesPerEpoch()) {
        finishEpoch(); // The previous call ended between the last step and the end of the epoch.
        settled();
      }
      try (Prefetcher<TrainingBatch> ahead = Prefetcher.of(batches, BATCHES_AHEAD)) {
        while (epochsLeft()
            && !training.stopped()
            && !deadline.isReached(progress.reached().steps())) {
          gate.checkOpen();
          checkNotInterrupted();
          step(ahead.get());
        }
      }
    }
    History history = new History(epochs);
    listeners.forEach(listener -> listener.trainEnd(training, history));
    return history;
  }

  /** Waiting for a batch also notices interruption, but only if the batch is not ready yet. */
  private static void checkNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("training was interrupted");
    }
  }

  private boolean epochsLeft() {
    return progress.reached().epochs() < plan.lastEpoch();
  }

  private void moveLearningRate() {
    Reached reached = progress.reached();
    learningRate.moveTo(plan.moment(reached.epochs(), reached.inEpoch().examples()));
  }

  private void step(TrainingBatch batch) {
    Reached before = progress.reached();
    moveLearningRate();
    // Pictures from files are bytes, so their values need not be searched in each step.
    PixelRange pixels =
        fromFiles
            ? before.pixels().withBytes()
            : before.pixels().with(batch.examples().inputs(), inputShapes);
    if (before.steps() == 0) {
      ScaleAdvice.give(model, pixels);
    }
    Engine.Stepped stepped =
        engine.train(batch, before.steps(), learningRate.current(), !metrics.isEmpty());
    Reached after = before.afterStep(batch.size(), stepped.cost(), pixels);
    progress.set(after);
    // May fail, but the step has been done.
    metrics.add(batch.size(), stepped.predictions(), batch.judgedBy());
    BatchResult result =
        new BatchResult(
            before.epochs() + 1,
            plan.batches(after.inEpoch().examples()),
            batch.size(),
            stepped.cost());
    listeners.forEach(listener -> listener.batchEnd(training, result));
    if (after.inEpoch().examples() == plan.examplesPerEpoch()) {
      finishEpoch();
    }
    settled();
  }

  private void finishEpoch() {
    Reached trained = progress.reached();
    Optional<Scores> validation =
        training.options().validation().map(examples -> model.evaluate(examples, watched));
    EpochResult result =
        new EpochResult(
            trained.epochs() + 1,
            trained.inEpoch().cost() / plan.examplesPerEpoch(),
            metrics.values(),
            validation);
    metrics.reset();
    epochs.add(result);
    progress.set(trained.afterEpoch(result));
    listeners.forEach(listener -> listener.epochEnd(training, result));
  }

  private void settled() {
    listeners.forEach(listener -> listener.settled(training));
  }

  /** Limits that can stop a call before its epochs are complete. */
  private record Deadline(long lastStep, long began, long nanos) {
    static Deadline of(FitOptions options, long stepsBefore) {
      long steps = options.stepLimit().orElse(Long.MAX_VALUE);
      return new Deadline(
          steps > Long.MAX_VALUE - stepsBefore ? Long.MAX_VALUE : stepsBefore + steps,
          System.nanoTime(),
          options.timeLimit().map(Deadline::nanos).orElse(Long.MAX_VALUE));
    }

    /** Returns nanoseconds; durations too long for a {@code long} mean no limit. */
    private static long nanos(Duration time) {
      return time.toDays() > Duration.ofNanos(Long.MAX_VALUE).toDays() - 1
          ? Long.MAX_VALUE
          : time.toNanos();
    }

    boolean isReached(long steps) {
      return steps >= lastStep || System.nanoTime() - began >= nanos;
    }
  }
}
