package io.github.convnet4j.tensorboard;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.commandline.Commands;
import io.github.convnet4j.model.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/**
 * Runs that stop and resume leave the same as one that does not: models, checkpoints, histories and
 * curves. Nothing is there twice, and no step is smaller than the one before.
 */
class ResumedOutputsTest {
  @TempDir Path folder;

  private void train(Path run, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "--data=digits",
                "--network=" + folder.resolve("net.json"),
                "--batch-size=200",
                "--last-batch=carry_over",
                "--learning-rate=0.02",
                "--schedule=one-cycle",
                "--augment=shift=0.1",
                "--metrics=f1",
                "--monitor=val_loss",
                "--early-stopping=3",
                "--progress=none",
                "--out=" + run.resolve("model"),
                "--checkpoints=" + run.resolve("checkpoints"),
                "--best=" + run.resolve("best"),
                "--history=" + run.resolve("history.csv"),
                "--tensorboard=" + run.resolve("curves")));
    words.addAll(List.of(more));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream messages = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = Commands.execute(messages, messages, words.toArray(String[]::new));
    assertEquals(0, code, () -> said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void areThoseOfOneRun() throws IOException {
    Network network =
        Network.of(
            Shape.of(28, 28, 1), maxPool(4), flatten(), batchNorm(), dropout(0.2), dense(10));
    Files.writeString(folder.resolve("net.json"), network.toJson());
    Path straight = folder.resolve("straight");
    train(straight, "--epochs=4");
    Map<String, String> expected = outputs(straight);
    assertTrue(expected.size() > 10, expected.keySet()::toString);
    for (int steps : new int[] {3, 7, 14}) {
      Path resumed = folder.resolve("resumed-after-" + steps);
      for (int part = 0; part < 2; part++) {
        train(resumed, "--epochs=4", "--max-steps=" + steps);
      }
      train(resumed, "--epochs=4");
      Map<String, String> found = outputs(resumed);
      assertEquals(expected.keySet(), found.keySet());
      expected.forEach(
          (name, content) -> assertEquals(content, found.get(name), steps + ": " + name));
    }
  }

  /** Returns the content of each file by its name, and of the curves by their tags. */
  private static Map<String, String> outputs(Path run) throws IOException {
    Map<String, String> outputs = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(run.resolve("curves"))) {
          outputs.put(
              run.relativize(file).toString(),
              new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }
    for (String part : new String[] {"train", "validation"}) {
      Path curves = run.resolve("curves").resolve(part);
      EventReader.values(curves).stream()
          .map(tagged -> tagged.value().getTag())
          .distinct()
          .filter(tag -> !tag.contains("per_second"))
          .forEach(tag -> outputs.put(part + " " + tag, curve(curves, tag)));
    }
    return outputs;
  }

  private static String curve(Path curves, String tag) {
    StringBuilder text = new StringBuilder();
    long last = -1;
    for (EventReader.Tagged tagged : EventReader.values(curves, tag)) {
      assertTrue(tagged.step() > last, () -> tag + ": step " + tagged.step());
      last = tagged.step();
      // Each file describes a tag once.
      text.append(tagged.step()).append(' ');
      text.append(tagged.value().toBuilder().clearMetadata().build()).append('\n');
    }
    return text.toString();
  }
}
