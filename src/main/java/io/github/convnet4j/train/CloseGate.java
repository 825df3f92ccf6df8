package io.github.convnet4j.train;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets any number of threads use native objects at the same time, and frees the objects only when
 * no thread uses them.
 *
 * <p>A thread may nest uses, unless the gate is closing.
 */
final class CloseGate {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final String name;
  private volatile boolean closing;
  private boolean closed;

  CloseGate(String name) {
    this.name = name;
  }

  /** Runs code that needs the native objects. */
  <T> T within(Supplier<T> use) {
    // Not lock(): it would queue behind a waiting close, and the thread that close waits for may be
    // waiting for this one.
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

  /** Called by long uses between their steps. */
  void checkOpen() {
    if (closing) {
      throw closedException();
    }
  }

  /** Refuses new uses, waits for the running ones and frees the objects; does so only once. */
  void close(Runnable free) {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException(
          name + " cannot be closed by a listener: call training.stop(), and close it after fit");
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
