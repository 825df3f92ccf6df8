package io.github.convnet4j.serve;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.tensorflow.ndarray.Shape;

/**
 * Computes requests that arrive together in one batch, which takes hardly longer than one of them.
 * While a batch is computed, the next requests gather in a queue of limited length.
 */
final class Batcher implements AutoCloseable {
  /**
   * How requests are put together. The names are those of TensorFlow Serving.
   *
   * @param maxBatchSize the most examples in a batch; a request with more is computed in parts
   * @param batchTimeout how long the first request of a batch waits for others
   * @param batchThreads how many batches are computed at the same time
   * @param maxEnqueuedBatches how many full batches may wait
   */
  record Limits(
      int maxBatchSize, Duration batchTimeout, int batchThreads, int maxEnqueuedBatches) {}

  /** Computes the outputs for a batch; may be called by several threads. */
  @FunctionalInterface
  interface Compute {
    Map<String, float[]> outputs(int examples, Map<String, float[]> inputs);
  }

  private static final class Waiting {
    private final int examples;
    private final Map<String, float[]> inputs;
    private final long since = System.nanoTime();
    private final CompletableFuture<Map<String, float[]>> outputs = new CompletableFuture<>();

    Waiting(int examples, Map<String, float[]> inputs) {
      this.examples = examples;
      this.inputs = inputs;
    }
  }

  private final Compute compute;
  private final Limits limits;
  private final Map<String, Shape> inputShapes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>(); // guarded by lock
  private final List<Thread> threads = new ArrayList<>();
  private long queued; // examples in the queue; guarded by lock
  private boolean hurried; // guarded by lock
  private boolean closing; // guarded by lock

  /**
   * Starts the threads.
   *
   * @param inputShapes the shape of each input of one example
   */
  Batcher(String name, Compute compute, Map<String, Shape> inputShapes, Limits limits) {
    this.compute = compute;
    this.inputShapes = inputShapes;
    this.limits = limits;
    for (int i = 0; i < limits.batchThreads(); i++) {
      Thread thread = new Thread(this::work, "convnet4j-batch-" + name + "-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  /**
   * Computes the outputs for some examples, together with other requests.
   *
   * @param inputs for each input {@code [examples, …]}; must not be changed afterwards
   * @return for each output {@code [examples, …]}; completes with an {@link
   *     IllegalArgumentException} if the model refuses the values
   * @throws IllegalArgumentException if an input is missing or has too few or too many values
   * @throws Refusal if too many requests are waiting already
   */
  CompletableFuture<Map<String, float[]>> submit(int examples, Map<String, float[]> inputs) {
    check(examples, inputs);
    Waiting waiting = new Waiting(examples, inputs);
    lock.lock();
    try {
      if (closing) {
        throw Refusal.busy("the server is stopping");
      }
      // A request alone is always accepted, however many examples it has.
      if (queued > 0
          && queued + examples > (long) limits.maxBatchSize() * limits.maxEnqueuedBatches()) {
        throw Refusal.busy("too many requests are waiting: try again later");
      }
      queue.add(waiting);
      queued += examples;
      changed.signal();
    } finally {
      lock.unlock();
    }
    return waiting.outputs;
  }

  private void check(int examples, Map<String, float[]> inputs) {
    if (examples < 1) {
      throw new IllegalArgumentException("there must be at least one example");
    }
    if (!inputs.keySet().equals(inputShapes.keySet())) {
      throw new IllegalArgumentException(
          "inputs must be exactly %s: they are %s"
              .formatted(inputShapes.keySet(), inputs.keySet()));
    }
    inputShapes.forEach(
        (name, shape) -> {
          long values = shape.size() * examples;
          if (inputs.get(name).length != values) {
            throw new IllegalArgumentException(
                "input %s must have %d values, %d examples of %s: it has %d"
                    .formatted(name, values, examples, shape, inputs.get(name).length));
          }
        });
  }

  /** Computes all that waits, and what is still to come, without waiting for more requests. */
  void hurry() {
    lock.lock();
    try {
      hurried = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of examples that wait. */
  long waiting() {
    lock.lock();
    try {
      return queued;
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
      run(batch);
    }
  }

  /** Returns the next batch, after waiting for it; nothing if no more will come. */
  private List<Waiting> next() {
    lock.lock();
    try {
      while (true) {
        while (queue.isEmpty() && !closing) {
          changed.awaitUninterruptibly();
        }
        if (queue.isEmpty()) {
          return List.of();
        }
        awaitMore();
        // Another thread may have taken them meanwhile, and clients may have gone.
        List<Waiting> batch = take();
        if (!batch.isEmpty()) {
          return batch;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a batch is full, or its first request has waited long enough. */
  private void awaitMore() {
    while (!queue.isEmpty() && queued < limits.maxBatchSize() && !hurried && !closing) {
      long left = limits.batchTimeout().toNanos() - (System.nanoTime() - queue.element().since);
      if (left <= 0) {
        return;
      }
      try {
        if (!changed.await(left, TimeUnit.NANOSECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        // Nobody interrupts these threads. If someone does, the batch is computed at once.
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private List<Waiting> take() {
    List<Waiting> batch = new ArrayList<>();
    int size = 0;
    while (!queue.isEmpty()
        && (batch.isEmpty() || size + queue.element().examples <= limits.maxBatchSize())) {
      Waiting next = queue.remove();
      queued -= next.examples;
      // A client that has gone needs no answer.
      if (!next.outputs.isDone()) {
        batch.add(next);
        size += next.examples;
      }
    }
    if (!queue.isEmpty()) {
      changed.signal();
    }
    return batch;
  }

  private void run(List<Waiting> batch) {
    if (batch.size() == 1) {
      alone(batch.get(0));
      return;
    }
    try {
      int examples = batch.stream().mapToInt(one -> one.examples).sum();
      Map<String, float[]> outputs = compute.outputs(examples, inputs(batch));
      int from = 0;
      for (Waiting one : batch) {
        one.outputs.complete(part(outputs, examples, from, one.examples));
        from += one.examples;
      }
    } catch (RuntimeException | Error e) {
      // One of the requests may be at fault, or all may be too large together.
      batch.forEach(this::alone);
    }
  }

  private void alone(Waiting one) {
    try {
      one.outputs.complete(inParts(one));
    } catch (RuntimeException | Error e) {
      one.outputs.completeExceptionally(e);
    }
  }

  private Map<String, float[]> inParts(Waiting one) {
    if (one.examples <= limits.maxBatchSize()) {
      return compute.outputs(one.examples, one.inputs);
    }
    List<Map<String, float[]>> parts = new ArrayList<>();
    for (int from = 0; from < one.examples; from += limits.maxBatchSize()) {
      int n = Math.min(limits.maxBatchSize(), one.examples - from);
      parts.add(compute.outputs(n, part(one.inputs, one.examples, from, n)));
    }
    Map<String, float[]> outputs = new LinkedHashMap<>();
    for (String name : parts.get(0).keySet()) {
      outputs.put(name, joined(parts.stream().map(part -> part.get(name)).toList()));
    }
    return outputs;
  }

  private Map<String, float[]> inputs(List<Waiting> batch) {
    Map<String, float[]> inputs = new LinkedHashMap<>();
    inputShapes.forEach(
        (name, shape) ->
            inputs.put(name, joined(batch.stream().map(one -> one.inputs.get(name)).toList())));
    return inputs;
  }

  private static float[] joined(List<float[]> arrays) {
    // Throws if there are more values than an array holds; then they are computed one by one.
    int length = arrays.stream().mapToInt(array -> array.length).reduce(0, Math::addExact);
    float[] all = new float[length];
    int at = 0;
    for (float[] array : arrays) {
      System.arraycopy(array, 0, all, at, array.length);
      at += array.length;
    }
    return all;
  }

  /** Returns some of the examples. */
  private static Map<String, float[]> part(
      Map<String, float[]> arrays, int examples, int from, int count) {
    Map<String, float[]> part = new LinkedHashMap<>();
    arrays.forEach(
        (name, values) -> {
          int each = values.length / examples;
          part.put(name, Arrays.copyOfRange(values, from * each, (from + count) * each));
        });
    return part;
  }

  /** Refuses new requests, and waits until those that were accepted are answered. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
