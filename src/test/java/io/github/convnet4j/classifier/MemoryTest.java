package io.github.convnet4j.classifier;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.model.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.tensorflow.ndarray.Shape;

/** Native memory, which no garbage collector sees, is given back. */
@EnabledOnOs(OS.LINUX)
class MemoryTest {
  private static final int SIDE = 128;
  private static final int IMAGE_BYTES = SIDE * SIDE * Float.BYTES; // 64 KiB

  /** 17 * 17 * 4 * 200 weights with two slots of Adam: 2.6 MiB a model, besides its graph. */
  private static final Network NETWORK =
      Network.of(
          Shape.of(SIDE, SIDE, 1),
          conv2d(4, 3).stride(2),
          relu(),
          maxPool(4),
          flatten(),
          dense(200),
          relu(),
          dense(2));

  private static final DataSet IMAGES =
      DataSet.of(new byte[2 * SIDE * SIDE], new int[] {0, 1}, SIDE, SIDE, 1, 2);

  private static void trainModels(int n) {
    for (int i = 0; i < n; i++) {
      try (Classifier classifier = Classifier.of(NETWORK, adam(0.01f))) {
        classifier.fit(IMAGES, FitOptions.epochs(1));
      }
    }
  }

  private static void predict(Classifier classifier, int n) {
    byte[] image = IMAGES.image(0);
    for (int i = 0; i < n; i++) {
      classifier.predict(image);
    }
  }

  /** Resident memory less the Java heap's, in MiB. */
  private static long residentMiB() throws IOException {
    System.gc();
    long kiB =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    return (kiB - Runtime.getRuntime().totalMemory() / 1024) / 1024;
  }

  private static void assertNoGrowth(int models, int predictions) throws IOException {
    try (Classifier classifier = Classifier.of(NETWORK, adam(0.01f))) {
      trainModels(10);
      predict(classifier, 500);
      long before = residentMiB();
      trainModels(models);
      long afterModels = residentMiB();
      predict(classifier, predictions);
      long after = residentMiB();
      System.out.println(before + " " + afterModels + " " + after);
      long leakOfPredictions = (long) predictions * IMAGE_BYTES / (1 << 20);
      assertTrue(after - before < leakOfPredictions / 2, () -> "grew by " + (after - before));
    }
  }

  @Test
  void modelsAndPredictionsLeaveNothingBehind() throws IOException {
    assertNoGrowth(20, 1000);
  }

  @Tag("long")
  @Test
  void hundredModelsAndFiveThousandPredictionsLeaveNothingBehind() throws IOException {
    assertNoGrowth(100, 5000);
  }
}
