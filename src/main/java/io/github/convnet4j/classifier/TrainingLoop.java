package io.github.convnet4j.classifier;

import io.github.convnet4j.data.EpochOrder;
import io.github.convnet4j.data.TargetBatch;
import java.util.Arrays;

/**
 * Batch after batch, epoch after epoch, each in an order of its own.
 *
 * @param <T> what comes of it
 */
final class TrainingLoop<T> {
  private final Engine engine;
  private final Progress progress;
  private final CloseGate gate;
  private final Examples examples;
  private final Observer<T> observer;

  /**
   * Told what happens; may end it.
   *
   * @param <T> what comes of it
   */
  interface Observer<T> {
    /** Before the first step. */
    default void begin() {}

    /** Asked before each batch and each epoch. */
    default boolean stopped() {
      return false;
    }

    /**
     * After each step.
     *
     * @param epoch from 1, counted over all training
     * @param number of the batch, from 1
     */
    default void stepDone(int epoch, int number, TargetBatch batch, Engine.Stepped stepped) {}

    /**
     * After each epoch that was not stopped.
     *
     * @param cost the mean over the images of their batches' costs, each before its step
     */
    void epochDone(int epoch, double cost);

    /** After the last step, also when it was stopped. */
    T end();
  }

  TrainingLoop(
      Engine engine, Progress progress, CloseGate gate, Examples examples, Observer<T> observer) {
    this.engine = engine;
    this.progress = progress;
    this.gate = gate;
    this.examples = examples;
    this.observer = observer;
  }

  /** Trains so many epochs; the orders go on where those of earlier calls left off. */
  T run(int epochs, int batchSize, int shuffleSeed) {
    int last = progress.epochs() + epochs;
    EpochOrder order = EpochOrder.of(examples.size(), shuffleSeed);
    for (int i = 0; i < progress.epochs(); i++) {
      order.next();
    }
    observer.begin();
    while (!observer.stopped() && progress.epochs() < last) {
      epoch(order.next(), batchSize);
    }
    return observer.end();
  }

  private void epoch(int[] order, int batchSize) {
    int epoch = progress.epochs() + 1;
    double cost = 0;
    int number = 0;
    for (int from = 0; from < order.length; ) {
      if (observer.stopped()) {
        return;
      }
      gate.checkOpen();
      // In this form because from + batchSize may be too large for an int.
      int to = from + Math.min(batchSize, order.length - from);
      TargetBatch batch = examples.batch(Arrays.copyOfRange(order, from, to));
      Engine.Stepped stepped =
          engine.train(batch.size(), batch.images(), batch.targets(), progress.step());
      progress.stepDone();
      cost += (double) stepped.cost() * batch.size();
      observer.stepDone(epoch, ++number, batch, stepped);
      from = to;
    }
    progress.epochDone();
    observer.epochDone(epoch, cost / order.length);
  }
}
