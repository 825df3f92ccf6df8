package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * Repeats what a long-running program does, and prints by how many MiB the resident memory grew in
 * each part, and how many files are open before and after. It is a separate program because it
 * needs a JVM whose entire heap is resident from the start: then only native memory can grow.
 */
final class MemoryRun {
  static final int MODELS = 100;
  static final int PREDICTIONS = 5000;
  static final int STEPS = 2000;
  static final int INSPECTIONS = 150;
  static final int SIDE = 64;
  static final int BATCH = 2;

  /** 8 * 8 * 4 * 400 in the first dense layer. */
  static final int WEIGHTS = 8 * 8 * 4 * 400;

  private static final int THREADS = 8;

  private static final Network NETWORK =
      Network.of(
          Shape.of(SIDE, SIDE, 1),
          conv2d(4, 3).stride(2),
          relu(),
          maxPool(4),
          flatten(),
          dense(400),
          relu(),
          dense(2));

  private static final DataSet IMAGES =
      DataSet.of(
          new byte[BATCH * SIDE * SIDE],
          IntStream.range(0, BATCH).toArray(),
          Shape.of(SIDE, SIDE, 1),
          BATCH);

  private MemoryRun() {}

  /** What is repeated, and how often before and while memory is measured. */
  private record Part(IntConsumer work, int warmUp, int times) {}

  public static void main(String[] args) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Model<Prediction> model = Model.of(NETWORK, Tasks.classification(), adam(0.01))) {
      List<Part> parts =
          List.of(
              new Part(MemoryRun::trainModels, 20, MODELS),
              new Part(n -> predict(model, threads, n), 2000, PREDICTIONS),
              new Part(n -> model.fit(IMAGES, FitOptions.epochs(n)), 200, STEPS),
              new Part(n -> inspect(model, n), 10, INSPECTIONS));
      // Warm-up for everything that is allocated once, and for the allocator's reserves.
      parts.forEach(part -> part.work().accept(part.warmUp()));
      long files = openFiles();
      StringBuilder grown = new StringBuilder("grown");
      for (Part part : parts) {
        long before = residentMiB();
        part.work().accept(part.times());
        grown.append(' ').append(residentMiB() - before);
      }
      System.out.println(grown + " files " + files + " " + openFiles());
    } finally {
      threads.shutdown();
    }
  }

  private static void trainModels(int n) {
    for (int i = 0; i < n; i++) {
      try (Model<Prediction> model = Model.of(NETWORK, Tasks.classification(), adam(0.01))) {
        model.fit(IMAGES, FitOptions.epochs(1));
      }
    }
  }

  private static void predict(Model<Prediction> model, ExecutorService threads, int n) {
    byte[] image = IMAGES.image(0);
    Callable<Boolean> some =
        () -> {
          for (int i = 0; i < n / THREADS; i++) {
            model.predictPixels(image);
          }
          return true;
        };
    try {
      for (Future<Boolean> end : threads.invokeAll(Collections.nCopies(THREADS, some))) {
        end.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("a thread could not predict", e);
    }
  }

  private static void inspect(Model<Prediction> model, int n) {
    float[] image = IMAGES.imageFloats(0);
    for (int i = 0; i < n; i++) {
      try (Inspection inspection = Inspection.of(model)) {
        inspection.layerOutputs(image);
        inspection.saliency(image, 0);
        inspection.gradCam(image, 1);
      }
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  private static long residentMiB() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }
}
