package io.github.convnet4j.classifier;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets any number of threads use native objects at once, and frees them only when none does.
 *
 * <p>A use in the middle of another of the same thread is let in, unless the gate is closing.
 */
final class CloseGate {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final String name;
  private volatile boolean closing;
  private boolean closed;

  CloseGate(String name) {
    this.name = name;
  }

  /** Does something that needs the native objects. */
  <T> T within(Supplier<T> use) {
    // Not lock(): behind a waiting close it would wait, for a thread that may wait for this one.
    if (!lock.readLock().tryLock()) {
      throw closedException();
    }
    try {
      checkOpen();
      return use.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** For long uses, between their steps. */
  void checkOpen() {
    if (closing) {
      throw closedException();
    }
  }

  /** Turns away new uses, waits for those under way, and frees; the second time nothing. */
  void close(Runnable free) {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException(
          name + " cannot be closed by a listener: ask training.stop(), and close it after fit");
    }
    closing = true;
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        free.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private IllegalStateException closedException() {
    return new IllegalStateException(name + " is closed");
  }
}
