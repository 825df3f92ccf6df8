package io.github.convnet4j.augment;

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
 * Takes items from a source on a thread of its own, a few ahead of those that are asked for: the
 * next batch is made while the network trains on the last one.
 *
 * <p>The items are those of the source, in its order, whatever the timing. When {@code n} of them
 * have been handed out, the source has been asked at most {@code n + ahead} times. So its own
 * position says nothing about how far the training is.
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

  /** Used on the source's thread alone. */
  private boolean failed;

  private Prefetcher(Supplier<? extends T> source) {
    this.source = source;
  }

  /**
   * Starts to take items.
   *
   * @param source gives the items, none of them null; only the new thread calls it, until {@link
   *     #close} has returned
   * @param ahead how many items may wait to be asked for, at least 1
   */
  public static <T> Prefetcher<T> of(Supplier<? extends T> source, int ahead) {
    Objects.requireNonNull(source, "source");
    Require.atLeast("ahead", ahead, 1);
    Prefetcher<T> prefetcher = new Prefetcher<>(source);
    for (int i = 0; i < ahead; i++) {
      prefetcher.order();
    }
    return prefetcher;
  }

  /**
   * The source's next item, waited for if it is not there yet.
   *
   * <p>What the source throws is thrown here in its turn, after the items before it, and again at
   * each further call; the source is not asked again.
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
      order();
      return item;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the next item");
    } catch (ExecutionException | CancellationException | RejectedExecutionException e) {
      if (closed) {
        throw new IllegalStateException("the prefetcher was closed while an item was awaited", e);
      }
      throw thrownBySource(e);
    }
  }

  /**
   * Interrupts the source and waits until it has come to its end. Items that nobody asked for are
   * lost. Any thread may close; one that waits in {@link #get} is released. Closing again does
   * nothing.
   */
  @Override
  public void close() {
    closed = true;
    for (Runnable unstarted : thread.shutdownNow()) {
      // Else who waits for it would wait for ever.
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

  private void order() {
    coming.add(thread.submit(this::take));
  }

  private T take() {
    if (failed) {
      // Never seen: get stays at the item that failed.
      throw new CancellationException("the source has failed before");
    }
    failed = true;
    T item = Objects.requireNonNull(source.get(), "the source gave null");
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
