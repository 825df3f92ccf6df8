package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.ndarray.Shape;

/**
 * Builds, trains and closes 100 models, then predicts 5,000 times, and prints by how many MiB the
 * resident memory grew in each part. It is a separate program because it needs a JVM whose entire
 * heap is resident from the start: then only native memory can grow.
 */
final class MemoryRun {
  static final int MODELS = 100;
  static final int PREDICTIONS = 5000;
  static final int SIDE = 64;

  /** 8 * 8 * 4 * 400 in the first dense layer, and two Adam slots for each. */
  static final int WEIGHTS = 3 * 8 * 8 * 4 * 400;

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
      DataSet.of(new byte[2 * SIDE * SIDE], new int[] {0, 1}, Shape.of(SIDE, SIDE, 1), 2);

  private MemoryRun() {}

  public static void main(String[] args) throws IOException {
    try (Model<Prediction> model = Model.of(NETWORK, Tasks.classification(), adam(0.01))) {
      // Warm-up for everything that is allocated once, and for the allocator's reserves.
      predict(model, 1000);
      trainModels(20);
      long before = residentMiB();
      trainModels(MODELS);
      long between = residentMiB();
      predict(model, PREDICTIONS);
      System.out.println("grown " + (between - before) + " " + (residentMiB() - between));
    }
  }

  private static void trainModels(int n) {
    for (int i = 0; i < n; i++) {
      try (Model<Prediction> model = Model.of(NETWORK, Tasks.classification(), adam(0.01))) {
        model.fit(IMAGES, FitOptions.epochs(1));
      }
    }
  }

  private static void predict(Model<Prediction> model, int n) {
    byte[] image = IMAGES.image(0);
    for (int i = 0; i < n; i++) {
      model.predictPixels(image);
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
