package io.github.convnet4j.bench.contestant;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * A contestant's side of the conversation with the runner. Each line on standard input is a
 * request. It is answered by a line of JSON on standard output:
 *
 * <pre>
 * train 20       {"seconds":[20 times],"costs":[20 costs]}
 * evaluate       {"seconds":[1 time],"correct":9871}
 * predict 100    {"seconds":[100 times],"correct":98}
 * threads 2 100  {"seconds":[1 time],"correct":196}     each of two threads predicts 100 images
 * quit
 * </pre>
 *
 * <p>The contestant trains in its own loop or in that of its library. The loop waits for permission
 * before each step, and so pauses between the runner's requests:
 *
 * <pre>{@code
 * while (talk.nextStep()) {
 *   talk.stepDone(train(work.batch(step++)));
 * }
 * }</pre>
 */
public final class Conversation {
  private static final double NANOSECONDS = 1e-9;

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream out;
  private final Trained trained;
  private double[] seconds = new double[0];
  private double[] costs = new double[0];
  private int done;
  private long started;

  /** The requests that are answered between training steps. */
  public interface Trained {
    /** Classifies all test images; returns the number of correctly classified ones. */
    int evaluate();

    /** Classifies one of the test images; returns whether the class is correct. */
    boolean predict(int image);
  }

  private Conversation(PrintStream out, Trained trained) {
    this.out = out;
    this.trained = trained;
  }

  /**
   * Reports that the contestant is ready. From now on, standard output belongs to the conversation;
   * everything else that is printed goes to standard error.
   *
   * @param engine the engine that does the work, with its version
   */
  public static Conversation open(String engine, Trained trained) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    out.println("{\"ready\":\"" + engine + "\"}");
    return new Conversation(out, trained);
  }

  /** Waits for permission to do a training step, and starts its timer; returns false at the end. */
  public boolean nextStep() {
    while (done == seconds.length) {
      String[] request = read().split(" ");
      switch (request[0]) {
        case "train" -> {
          seconds = new double[Integer.parseInt(request[1])];
          costs = new double[seconds.length];
          done = 0;
        }
        case "evaluate" -> evaluate();
        case "predict" -> predict(Integer.parseInt(request[1]));
        case "threads" -> predict(Integer.parseInt(request[1]), Integer.parseInt(request[2]));
        case "quit" -> {
          return false;
        }
        default ->
            throw new IllegalArgumentException("unknown request: " + String.join(" ", request));
      }
    }
    started = System.nanoTime();
    return true;
  }

  /** Stops the step's timer; answers the runner if this was the last requested step. */
  public void stepDone(double cost) {
    seconds[done] = since(started);
    costs[done] = cost;
    if (++done == seconds.length) {
      out.printf(Locale.ROOT, "{\"seconds\":%s,\"costs\":%s}%n", json(seconds), json(costs));
    }
  }

  private String read() {
    try {
      String line = in.readLine();
      return line == null ? "quit" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void evaluate() {
    long start = System.nanoTime();
    int correct = trained.evaluate();
    answer(new double[] {since(start)}, correct);
  }

  private void predict(int images) {
    double[] times = new double[images];
    int correct = 0;
    for (int i = 0; i < images; i++) {
      long start = System.nanoTime();
      boolean right = trained.predict(i);
      times[i] = since(start);
      correct += right ? 1 : 0;
    }
    answer(times, correct);
  }

  private void predict(int threads, int images) {
    CyclicBarrier all = new CyclicBarrier(threads + 1);
    Callable<Integer> work =
        () -> {
          all.await();
          int correct = 0;
          for (int i = 0; i < images; i++) {
            correct += trained.predict(i) ? 1 : 0;
          }
          return correct;
        };
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        counts.add(executor.submit(work));
      }
      all.await();
      long start = System.nanoTime();
      int correct = 0;
      for (Future<Integer> count : counts) {
        correct += count.get();
      }
      answer(new double[] {since(start)}, correct);
    } catch (BrokenBarrierException | ExecutionException | InterruptedException e) {
      throw new IllegalStateException("a predicting thread failed", e);
    } finally {
      executor.shutdown();
    }
  }

  private void answer(double[] times, int correct) {
    out.printf(Locale.ROOT, "{\"seconds\":%s,\"correct\":%d}%n", json(times), correct);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) * NANOSECONDS;
  }

  private static String json(double[] values) {
    return Arrays.stream(values)
        .mapToObj(value -> Double.isFinite(value) ? Double.toString(value) : "null")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
