package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeout only guards against hangs. */
@Timeout(60)
class PrefetcherTest {
  @Test
  void returnsAllItemsInTheirOrder() {
    AtomicInteger next = new AtomicInteger();
    List<Integer> items = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    try (Prefetcher<Integer> prefetcher = Prefetcher.of(next::getAndIncrement, 3)) {
      for (int i = 0; i < 10_000; i++) {
        items.add(prefetcher.get());
        expected.add(i);
      }
    }
    assertEquals(expected, items);
  }

  /** Three items are prepared before the first call, and no fourth. */
  @Test
  void preparesItemsAheadUpToTheLimit() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    Supplier<Integer> source =
        () -> {
          three.countDown();
          return made.incrementAndGet();
        };
    Prefetcher<Integer> prefetcher = Prefetcher.of(source, 3);
    three.await();
    prefetcher.close();
    assertEquals(3, made.get());

    AtomicInteger taken = new AtomicInteger();
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger furthest = new AtomicInteger();
    Supplier<Integer> counting =
        () -> {
          // An item is counted as taken a little late, so one more may have been requested.
          furthest.accumulateAndGet(asked.incrementAndGet() - taken.get(), Math::max);
          return 0;
        };
    try (Prefetcher<Integer> bounded = Prefetcher.of(counting, 3)) {
      for (int i = 0; i < 1000; i++) {
        bounded.get();
        taken.incrementAndGet();
      }
    }
    assertTrue(furthest.get() <= 4, "ahead by " + furthest.get());
    assertTrue(asked.get() <= 1003, "asked " + asked.get());
  }

  @Test
  void runsTheSourceInOneThreadThatEndsOnClose() throws InterruptedException {
    AtomicReference<Thread> thread = new AtomicReference<>(Thread.currentThread());
    Supplier<Thread> source =
        () -> {
          thread.set(Thread.currentThread());
          return Thread.currentThread();
        };
    Prefetcher<Thread> prefetcher = Prefetcher.of(source, 1);
    Thread first = prefetcher.get();
    assertSame(first, prefetcher.get());
    assertNotEquals(Thread.currentThread(), first);
    assertTrue(first.isDaemon());
    prefetcher.close();
    first.join();
    assertFalse(first.isAlive());
    prefetcher.close();
    assertEquals(
        "the prefetcher is closed",
        assertThrows(IllegalStateException.class, prefetcher::get).getMessage());
  }

  @Test
  void throwsAnExceptionOfTheSourceAfterTheItemsBeforeIt() {
    IllegalArgumentException fault = new IllegalArgumentException("the third batch is bad");
    AtomicInteger asked = new AtomicInteger();
    Supplier<Integer> source =
        () -> {
          if (asked.incrementAndGet() == 3) {
            throw fault;
          }
          return asked.get();
        };
    try (Prefetcher<Integer> prefetcher = Prefetcher.of(source, 5)) {
      assertEquals(1, prefetcher.get());
      assertEquals(2, prefetcher.get());
      assertSame(fault, assertThrows(IllegalArgumentException.class, prefetcher::get));
      assertSame(fault, assertThrows(IllegalArgumentException.class, prefetcher::get));
    }
    assertEquals(3, asked.get());
  }

  @Test
  void throwsAnErrorOfTheSource() {
    OutOfMemoryError error = new OutOfMemoryError("simulated");
    Supplier<Integer> source =
        () -> {
          throw error;
        };
    try (Prefetcher<Integer> prefetcher = Prefetcher.of(source, 1)) {
      assertSame(error, assertThrows(OutOfMemoryError.class, prefetcher::get));
    }
  }

  @Test
  void refusesNullItems() {
    try (Prefetcher<Integer> prefetcher = Prefetcher.of(() -> null, 1)) {
      assertEquals(
          "the source returned null",
          assertThrows(NullPointerException.class, prefetcher::get).getMessage());
    }
  }

  @Test
  void anInterruptedCallerLosesNoItem() {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger next = new AtomicInteger();
    Supplier<Integer> source =
        () -> {
          awaitUninterrupted(go);
          return next.getAndIncrement();
        };
    try (Prefetcher<Integer> prefetcher = Prefetcher.of(source, 2)) {
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, prefetcher::get);
      assertTrue(Thread.interrupted(), "the thread stays interrupted");
      go.countDown();
      assertEquals(0, prefetcher.get());
      assertEquals(1, prefetcher.get());
    }
  }

  /** The source sleeps until it is interrupted, while a second thread waits for its item. */
  @Test
  void closingInterruptsTheSourceAndReleasesWaitingThreads() throws InterruptedException {
    CountDownLatch asleep = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    Supplier<Integer> source =
        () -> {
          asleep.countDown();
          try {
            Thread.sleep(Long.MAX_VALUE);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return 1;
        };
    Prefetcher<Integer> prefetcher = Prefetcher.of(source, 2);
    CompletableFuture<List<Integer>> waiter =
        CompletableFuture.supplyAsync(
            () -> {
              waiting.countDown();
              return List.of(prefetcher.get(), prefetcher.get());
            });
    asleep.await();
    waiting.await();
    prefetcher.close();
    CompletionException thrown = assertThrows(CompletionException.class, waiter::join);
    assertTrue(thrown.getCause() instanceof IllegalStateException, () -> thrown.toString());
  }

  @Test
  void closingWaitsForTheSourceEvenIfInterrupted() {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Supplier<Integer> source =
        () -> {
          started.countDown();
          awaitUninterrupted(go);
          return ended.incrementAndGet();
        };
    Prefetcher<Integer> prefetcher = Prefetcher.of(source, 1);
    awaitUninterrupted(started);
    Thread.currentThread().interrupt();
    CompletableFuture<Void> later = CompletableFuture.runAsync(go::countDown);
    prefetcher.close();
    assertTrue(Thread.interrupted(), "the thread stays interrupted");
    assertEquals(1, ended.get());
    later.join();
  }

  @Test
  void needsAtLeastOneItemAhead() {
    assertEquals(
        "ahead must be at least 1: 0",
        assertThrows(IllegalArgumentException.class, () -> Prefetcher.of(() -> 1, 0)).getMessage());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean interrupted = false;
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
