package io.github.convnet4j.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tensorflow.ndarray.Shape;

/** Requests are computed together, and each gets its own result. */
@Timeout(60)
class BatcherTest {
  private final List<Integer> sizes = new CopyOnWriteArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Batcher batcher =
      new Batcher(
          "doubles",
          this::doubled,
          Map.of("x", Shape.of(2)),
          new Batcher.Limits(4, Duration.ZERO, 1, 2));

  /** Doubles the numbers, refuses negative ones, and waits at its first call. */
  private Map<String, float[]> doubled(int examples, Map<String, float[]> inputs) {
    sizes.add(examples);
    started.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    float[] values = inputs.get("x").clone();
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0) {
        throw new IllegalArgumentException("negative: " + values[i]);
      }
      values[i] *= 2;
    }
    return Map.of("y", values);
  }

  @AfterEach
  void close() {
    goOn.countDown();
    batcher.close();
  }

  private CompletableFuture<Map<String, float[]>> submit(float... x) {
    return batcher.submit(x.length / 2, Map.of("x", x));
  }

  private static float[] y(CompletableFuture<Map<String, float[]>> outputs)
      throws InterruptedException, ExecutionException {
    return outputs.get().get("y");
  }

  /** Starts a batch that lasts until {@link #goOn}. */
  private CompletableFuture<Map<String, float[]>> first() throws InterruptedException {
    CompletableFuture<Map<String, float[]>> first = submit(1, 1);
    started.await();
    return first;
  }

  @Test
  void requestsThatArriveMeanwhileAreComputedTogether()
      throws InterruptedException, ExecutionException {
    CompletableFuture<Map<String, float[]>> first = first();
    CompletableFuture<Map<String, float[]>> one = submit(3, 4);
    CompletableFuture<Map<String, float[]>> two = submit(5, 6, 7, 8);
    CompletableFuture<Map<String, float[]>> full = submit(9, 9, 9, 9);
    goOn.countDown();
    assertArrayEquals(new float[] {2, 2}, y(first));
    assertArrayEquals(new float[] {6, 8}, y(one));
    assertArrayEquals(new float[] {10, 12, 14, 16}, y(two));
    assertArrayEquals(new float[] {18, 18, 18, 18}, y(full));
    assertEquals(List.of(1, 3, 2), sizes); // The last one did not fit into a batch of 4.
  }

  @Test
  void aRequestThatFailsDoesNotFailTheOthers() throws InterruptedException, ExecutionException {
    CompletableFuture<Map<String, float[]>> first = first();
    CompletableFuture<Map<String, float[]>> good = submit(3, 4);
    CompletableFuture<Map<String, float[]>> bad = submit(5, -6);
    goOn.countDown();
    assertArrayEquals(new float[] {2, 2}, y(first));
    assertArrayEquals(new float[] {6, 8}, y(good));
    Throwable fault = assertThrows(ExecutionException.class, bad::get).getCause();
    assertEquals("negative: -6.0", fault.getMessage());
  }

  @Test
  void refusesRequestsWhenTheQueueIsFull() throws InterruptedException, ExecutionException {
    CompletableFuture<Map<String, float[]>> first = first();
    List<CompletableFuture<Map<String, float[]>>> accepted = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      accepted.add(submit(i, i));
    }
    assertEquals(503, assertThrows(Refusal.class, () -> submit(9, 9)).status());
    assertEquals(8, batcher.waiting());
    goOn.countDown();
    assertArrayEquals(new float[] {2, 2}, y(first));
    for (int i = 0; i < 8; i++) {
      assertArrayEquals(new float[] {2 * i, 2 * i}, y(accepted.get(i)));
    }
  }

  @Test
  void computesALargeRequestInParts() throws InterruptedException, ExecutionException {
    goOn.countDown();
    float[] x = new float[20];
    x[19] = 3;
    assertEquals(6, y(batcher.submit(10, Map.of("x", x)))[19]);
    assertEquals(List.of(4, 4, 2), sizes);
  }

  @Test
  void checksTheNumberOfValuesBeforeTheyAreMixedWithOthers() {
    assertThrows(
        IllegalArgumentException.class, () -> batcher.submit(2, Map.of("x", new float[3])));
    assertThrows(
        IllegalArgumentException.class, () -> batcher.submit(1, Map.of("z", new float[2])));
    assertThrows(
        IllegalArgumentException.class, () -> batcher.submit(0, Map.of("x", new float[0])));
  }

  @Test
  void aClientThatHasGoneIsLeftOut() throws InterruptedException, ExecutionException {
    CompletableFuture<Map<String, float[]>> first = first();
    CompletableFuture<Map<String, float[]>> gone = submit(3, 4);
    CompletableFuture<Map<String, float[]>> other = submit(5, 6);
    gone.cancel(false);
    goOn.countDown();
    assertArrayEquals(new float[] {2, 2}, y(first));
    assertArrayEquals(new float[] {10, 12}, y(other));
    assertEquals(List.of(1, 1), sizes);
  }

  @Test
  void answersWhatItHasAcceptedBeforeItCloses() throws InterruptedException, ExecutionException {
    CompletableFuture<Map<String, float[]>> first = first();
    CompletableFuture<Map<String, float[]>> waiting = submit(3, 4);
    Thread closing = new Thread(batcher::close);
    closing.start();
    while (!refuses()) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    closing.join();
    assertArrayEquals(new float[] {2, 2}, y(first));
    assertArrayEquals(new float[] {6, 8}, y(waiting));
  }

  private boolean refuses() {
    try {
      submit(0, 0).cancel(false);
      return false;
    } catch (Refusal e) {
      return e.getMessage().contains("stopping");
    }
  }
}
