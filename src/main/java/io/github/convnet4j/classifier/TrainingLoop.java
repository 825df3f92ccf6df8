package io.github.convnet4j.classifier;

import io.github.convnet4j.augment.Prefetcher;
import io.github.convnet4j.data.TargetBatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Trains batch after batch, epoch after epoch, each epoch in a new order.
 *
 * @param <T> type of the result
 */
final class TrainingLoop<T> {
  /** Batches to prepare during a step: one, and another one to even out the pace. */
  private static final int BATCHES_AHEAD = 2;

  /** The prepared batches and the current one: earlier ones are no longer used. */
  static final int BATCHES_IN_USE = BATCHES_AHEAD + 1;

  private final Engine engine;
  private final Progress progress;
  private final CloseGate gate;
  private final Plan plan;
  private final LearningRate learningRate;
  private final Limits limits;
  private final Observer<T> observer;

  /**
   * Is notified of what happens, and can stop the training.
   *
   * @param <T> type of the result
   */
  interface Observer<T> extends AutoCloseable {
    /** Called before the first step, with the saved {@link #states} if this resumes a run. */
    default void begin(ListenerStates states) {}

    /** Returns what must be saved with the network so that the run can be resumed from here. */
    default Map<String, byte[]> states() {
      return Map.of();
    }

    /** Returns whether to stop; called before each step. */
    default boolean stopped() {
      return false;
    }

    /** Returns how many examples of a batch were correctly classified. */
    default int correct(TargetBatch batch, float[] outputs) {
      return 0;
    }

    /** Called after each step. */
    default void stepDone(BatchResult result) {}

    /**
     * Called after each completed epoch.
     *
     * @param cost mean of the batches' costs, weighted by their sizes; each is computed before its
     *     update
     * @param accuracy share of the examples that {@link #correct} counted
     */
    void epochDone(int epoch, double cost, double accuracy);

    /** Called after a step and, if it was the last of its epoch, after the end of the epoch. */
    default void settled() {}

    /** Called after the last step, also if training was stopped. */
    T end();

    /** Called at the very end, also after an exception. */
    @Override
    default void close() {}
  }

  /** Limits that can stop a call before its epochs are complete. */
  record Limits(long steps, long nanos) {
    static Limits of(FitOptions options) {
      return new Limits(
          options.stepLimit().orElse(Long.MAX_VALUE),
          options.timeLimit().map(Limits::nanos).orElse(Long.MAX_VALUE));
    }

    /** Returns nanoseconds; durations too long for a {@code long} mean no limit. */
    private static long nanos(Duration time) {
      return time.toDays() > Duration.ofNanos(Long.MAX_VALUE).toDays() - 1
          ? Long.MAX_VALUE
          : time.toNanos();
    }
  }

  TrainingLoop(
      Engine engine,
      Progress progress,
      CloseGate gate,
      Plan plan,
      LearningRate learningRate,
      Limits limits,
      Observer<T> observer) {
    this.engine = engine;
    this.progress = progress;
    this.gate = gate;
    this.plan = plan;
    this.learningRate = learningRate;
    this.limits = limits;
    this.observer = observer;
  }

  /**
   * Trains from the current progress of the network.
   *
   * @param batches supplies the batches from there on; called by another thread. It may overwrite a
   *     batch when it is asked for the {@link #BATCHES_IN_USE}th one after it
   * @param states the observer's saved states, if this resumes a run
   */
  T run(Supplier<TargetBatch> batches, ListenerStates states) {
    long began = System.nanoTime();
    long stepsBefore = progress.reached().steps();
    if (epochsLeft()) {
      moveLearningRate();
    }
    observer.begin(states);
    if (epochsLeft() && !observer.stopped()) {
      if (progress.reached().inEpoch().images() == plan.imagesPerEpoch()) {
        finishEpoch(); // The previous call ended between the last step and the end of the epoch.
        observer.settled();
      }
      try (Prefetcher<TargetBatch> ahead = Prefetcher.of(batches, BATCHES_AHEAD)) {
        while (!ended(stepsBefore, began)) {
          gate.checkOpen();
          checkNotInterrupted();
          step(ahead.get());
        }
      }
    }
    return observer.end();
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

  private boolean ended(long stepsBefore, long began) {
    return !epochsLeft()
        || observer.stopped()
        || progress.reached().steps() - stepsBefore >= limits.steps()
        || System.nanoTime() - began >= limits.nanos();
  }

  private void moveLearningRate() {
    Reached reached = progress.reached();
    learningRate.moveTo(plan.moment(reached.epochs(), reached.inEpoch().images()));
  }

  private void step(TargetBatch batch) {
    Reached before = progress.reached();
    moveLearningRate();
    Engine.Stepped stepped =
        engine.train(
            batch.size(),
            batch.images(),
            batch.targets(),
            before.steps(),
            (float) learningRate.current());
    int correct = observer.correct(batch, stepped.outputs());
    Reached after = before.afterStep(batch.size(), stepped.cost(), correct);
    progress.set(after);
    int number = plan.batches(after.inEpoch().images());
    observer.stepDone(
        new BatchResult(before.epochs() + 1, number, batch.size(), correct, stepped.cost()));
    if (after.inEpoch().images() == plan.imagesPerEpoch()) {
      finishEpoch();
    }
    observer.settled();
  }

  private void finishEpoch() {
    Reached trained = progress.reached();
    progress.set(trained.afterEpoch());
    observer.epochDone(
        trained.epochs() + 1,
        trained.inEpoch().cost() / plan.imagesPerEpoch(),
        (double) trained.inEpoch().correct() / plan.imagesPerEpoch());
  }
}
