package io.github.convnet4j.commandline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Watches for a request to end the process, such as Ctrl-C. While it is open, the process waits up
 * to 60 seconds before it ends, so that work can be finished cleanly.
 */
final class Interruption implements AutoCloseable {
  private static final long SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::awaitEnd, "wait for training to stop");
  private volatile boolean requested;

  private Interruption() {}

  static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void awaitEnd() {
    requested = true;
    try {
      if (!done.await(SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Training did not stop within " + SECONDS + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean requested() {
    return requested;
  }

  /** Lets the process end, if that was requested. */
  @Override
  public void close() {
    done.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process started to end just now: the hook has nothing to wait for.
        done.countDown();
      }
    }
  }
}
