package io.github.convnet4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.model.NetworkJson;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver in a JVM of its own that is killed in the middle of a training, and started again. */
@Tag("cluster")
class KilledDriverTest {
  private static Process train(Path folder, String model, String checkpoints) throws IOException {
    Path network = folder.resolve("network.json");
    Files.writeString(network, NetworkJson.standard().write(Digits.NETWORK));
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            "digits",
            folder.resolve(model).toString(),
            "--network",
            network.toString(),
            "--steps",
            "1",
            "--checkpoints",
            folder.resolve(checkpoints).toUri().toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(model + ".log").toFile())
        .start();
  }

  private static Weights weights(Path model) {
    try (Model<Prediction> trained = Model.load(model, Prediction.class)) {
      return trained.weights();
    }
  }

  private static List<String> rounds(Path checkpoints) throws IOException {
    if (Files.notExists(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("round-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void resumesWithTheSameWeights(@TempDir Path folder) {
    assertTimeoutPreemptively(Duration.ofMinutes(5), () -> compare(folder));
  }

  private static void compare(Path folder) throws IOException, InterruptedException {
    assertEquals(0, train(folder, "expected", "whole").waitFor());

    Process driver = train(folder, "resumed", "killed");
    Path checkpoints = folder.resolve("killed");
    while (driver.isAlive() && rounds(checkpoints).stream().noneMatch(name -> name.endsWith("3"))) {
      Thread.sleep(10);
    }
    driver.destroyForcibly().waitFor();
    assertFalse(Files.exists(folder.resolve("resumed")));
    List<String> before = rounds(checkpoints);
    List<String> all = rounds(folder.resolve("whole"));
    assertTrue(
        before.get(before.size() - 1).compareTo(all.get(all.size() - 1)) < 0, before::toString);

    assertEquals(0, train(folder, "resumed", "killed").waitFor());
    assertEquals(weights(folder.resolve("expected")), weights(folder.resolve("resumed")));
    assertEquals(all, rounds(checkpoints));
  }
}
