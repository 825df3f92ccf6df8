package io.github.convnet4j.serve;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Waits for the last task of an executor, before what the tasks use is freed. */
final class ExecutorEnd {
  private ExecutorEnd() {}

  /** Waits until an executor that was shut down has ended. An interrupt is kept for later. */
  static void await(ExecutorService executor) {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
