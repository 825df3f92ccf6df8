package io.github.convnet4j.data;

import io.github.convnet4j.check.Require;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gets items from a source in a separate thread, a few ahead of time. So the next batch is prepared
 * while the network trains on the last one.
 *
 * <p>The items are those of the source, in its order, independent of timing. After {@code n} items
 * have been returned, the source has been called at most {@code n + ahead} times. So its own
 * position is not the progress of training.
 *
 * <pre>{@code
 * try (Prefetcher<Batch> batches = Prefetcher.of(source, 2)) {
 *   for (int step = 0; step < steps; step++) {
 *     train(batches.get());
 *   }
 * }
 * }</pre>
 */
public final class Prefetcher<T> implements Supplier<T>, AutoCloseable {
  private final Supplier<? extends T> source;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(Prefetcher::daemon);
  private final Queue<Future<T>> coming = new ArrayDeque<>();
  private volatile boolean closed;

  /** Used only in the source's thread. */
  private boolean failed;

  private Prefetcher(Supplier<? extends T> source) {
    this.source = source;
  }

  /**
   * Starts getting items.
   *
   * @param source returns the items, none of them null; until {@link #close} has returned, only the
   *     new thread calls it
   * @param ahead how many items are prepared ahead of time, at least 1
   */
  public static <T> Prefetcher<T> of(Supplier<? extends T> source, int ahead) {
    Objects.requireNonNull(source, "source");
    Require.atLeast("ahead", ahead, 1);
    Prefetcher<T> prefetcher = new Prefetcher<>(source);
    for (int i = 0; i < ahead; i++) {
      prefetcher.request();
    }
    return prefetcher;
  }

  /**
   * Returns the source's next item, and waits for it if it is not ready.
   *
   * <p>An exception of the source is thrown here in its turn, after the items before it, and again
   * by each further call. The source is not called again.
   *
   * @throws CancellationException if this thread is interrupted while it waits; no item is lost
   * @throws IllegalStateException if the prefetcher is closed
   */
  @Override
  public synchronized T get() {
    if (closed) {
      throw new IllegalStateException("the prefetcher is closed");
    }
    try {
      T item = coming.element().get();
      coming.remove();
      request();
      return item;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the next item");
    } catch (ExecutionException | CancellationException | RejectedExecutionException e) {
      if (closed) {
        throw new IllegalStateException("the prefetcher was closed while waiting for an item", e);
      }
      throw thrownBySource(e);
    }
  }

  /**
   * Interrupts the source and waits until it has returned. Items that were prepared but not
   * requested are lost. Any thread may close the prefetcher; a thread that waits in {@link #get} is
   * released. Closing it again has no effect.
   */
  @Override
  public void close() {
    closed = true;
    for (Runnable unstarted : thread.shutdownNow()) {
      // Otherwise, a thread that waits for it would wait forever.
      ((Future<?>) unstarted).cancel(false);
    }
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = thread.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void request() {
    coming.add(thread.submit(this::take));
  }

  private T take() {
    if (failed) {
      // Never thrown to a caller, because get stays at the item that failed.
      throw new CancellationException("the source has failed before");
    }
    failed = true;
    T item = Objects.requireNonNull(source.get(), "the source returned null");
    failed = false;
    return item;
  }

  private static RuntimeException thrownBySource(Exception e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "convnet4j-prefetcher");
    thread.setDaemon(true);
    return thread;
  }
}
