package io.github.convnet4j.classifier;

import io.github.convnet4j.augment.Prefetcher;
import io.github.convnet4j.data.TargetBatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Batch after batch, epoch after epoch, each in an order of its own.
 *
 * @param <T> what comes of it
 */
final class TrainingLoop<T> {
  /** Batches that are made while a step is under way: one, and one more for an uneven pace. */
  private static final int BATCHES_AHEAD = 2;

  /** Those ahead, and the one of the step under way: nobody keeps one that was before. */
  static final int BATCHES_IN_USE = BATCHES_AHEAD + 1;

  private final Engine engine;
  private final Progress progress;
  private final CloseGate gate;
  private final Plan plan;
  private final LearningRate learningRate;
  private final Limits limits;
  private final Observer<T> observer;

  /**
   * Told what happens; may end it.
   *
   * @param <T> what comes of it
   */
  interface Observer<T> extends AutoCloseable {
    /** Before the first step, with what {@link #states} gave if this goes on. */
    default void begin(ListenerStates states) {}

    /** What must be kept besides the network to go on from here. */
    default Map<String, byte[]> states() {
      return Map.of();
    }

    /** Asked before each batch and each epoch. */
    default boolean stopped() {
      return false;
    }

    /** How many of a batch were told rightly. */
    default int correct(TargetBatch batch, float[] outputs) {
      return 0;
    }

    /** After each step. */
    default void stepDone(BatchResult result) {}

    /**
     * After each epoch that was not stopped.
     *
     * @param cost the mean over the images of their batches' costs, each before its step
     * @param accuracy the share of them that {@link #correct} counted
     */
    void epochDone(int epoch, double cost, double accuracy);

    /** After a step, and the end of its epoch if it was the last, when all is done and told. */
    default void settled() {}

    /** After the last step, also when it was stopped. */
    T end();

    /** When all is over, also after an exception. */
    @Override
    default void close() {}
  }

  /** When to stop before the epochs are done. */
  record Limits(long steps, long nanos) {
    static Limits of(FitOptions options) {
      return new Limits(
          options.stepLimit().orElse(Long.MAX_VALUE),
          options.timeLimit().map(Limits::nanos).orElse(Long.MAX_VALUE));
    }

    /** Centuries are no limit. */
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
   * Trains from where the network is.
   *
   * @param batches gives the batches from there on; asked by another thread. It may write over one
   *     when it is asked for the {@link #BATCHES_IN_USE}th after it
   * @param states of the observer, if it is to go on
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
        finishEpoch(); // It was left between its last step and its end.
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

  /** Waiting for a batch sees it, too, but not if the batch is there already. */
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
