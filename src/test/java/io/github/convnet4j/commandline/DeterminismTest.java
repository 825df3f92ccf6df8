package io.github.convnet4j.commandline;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.files.NoisyPictures;
import io.github.convnet4j.model.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** The same seed gives the same model, byte for byte, in every process. */
class DeterminismTest {
  @TempDir private Path folder;

  /** The thread that asks for a batch decodes too, with those of the common pool. */
  @Test
  void oneAndEightDecodingThreadsGiveTheSameModel() throws Exception {
    NoisyPictures.write(folder.resolve("pictures/a"), 30, 28, 28, true);
    NoisyPictures.write(folder.resolve("pictures/b"), 40, 28, 28, true);
    Network network =
        Network.of(
            Shape.of(24, 24, 3),
            conv2d(4, 3),
            batchNorm(),
            relu(),
            maxPool(4),
            flatten(),
            dropout(0.2),
            dense(2));
    Files.writeString(folder.resolve("net.json"), network.toJson());
    Process alone = train("alone", 0);
    Process shared = train("shared", 7);
    Map<String, String> expected = result("alone", alone);
    assertTrue(expected.size() >= 3, expected.keySet()::toString);
    assertEquals(expected, result("shared", shared));
  }

  private Process train(String name, int threads) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=" + threads,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            "--data=" + folder.resolve("pictures"),
            "--on-disk",
            "--size=24",
            "--network=" + folder.resolve("net.json"),
            "--augment=shift=0.1,noise=0.02",
            "--batch-size=16",
            "--epochs=1",
            "--seed=3",
            "--out=" + folder.resolve(name))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".txt").toFile())
        .start();
  }

  /** Returns the content of each file of the saved model. */
  private Map<String, String> result(String name, Process process) throws Exception {
    assertEquals(0, process.waitFor(), () -> text(folder.resolve(name + ".txt")));
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      files.forEach(file -> texts.put(file.getFileName().toString(), text(file)));
    }
    return texts;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
