package io.github.convnet4j.train;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.store.Content;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** If a save cannot be loaded, the message says what is wrong with it. */
class LoadFaultsTest {
  @TempDir Path folder;
  private String description;
  private byte[] values;

  @BeforeEach
  void save() throws IOException {
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01))) {
      model.fit(TinyImages.of(10, 1), FitOptions.epochs(1));
      model.save(folder);
    }
    SavedFiles files = SavedFiles.open(folder);
    description = files.text("model.json");
    try (InputStream in = files.stream("variables.bin")) {
      values = in.readAllBytes();
    }
  }

  /** Saves other contents, as complete files with correct checksums. */
  private void write(String json, byte[] bytes) {
    Content text = out -> out.write(json.getBytes(StandardCharsets.UTF_8));
    SavedFiles.write(folder, Map.of("model.json", text, "variables.bin", out -> out.write(bytes)));
  }

  private String faultOf(String json, byte[] bytes) {
    write(json, bytes);
    return fault();
  }

  private String fault() {
    return assertThrows(StoreException.class, () -> Model.load(folder, Prediction.class))
        .getMessage();
  }

  private void assertFault(String json, String... parts) {
    String fault = faultOf(json, values);
    assertTrue(fault.matches(".*model-[0-9a-f]{12}\\.json is not a model .*"), fault);
    for (String part : parts) {
      assertTrue(fault.contains(part), fault);
    }
  }

  @Test
  void namesWrongShapesAndNames() {
    assertFault(
        description.replace("\"shape\" : [ 16, 2 ]", "\"shape\" : [ 2, 16 ]"),
        "dense/kernel",
        "[16, 2]",
        "[2, 16]");
    assertFault(
        description
            .replace("\"name\" : \"dense/kernel\"", "\"name\" : \"dense/bias\"")
            .replace("\"shape\" : [ 16, 2 ]", "\"shape\" : [ 2 ]"),
        "tensors",
        "once",
        "dense/bias");
    assertFault(
        description.replaceFirst(
            "\\{\\s*\"name\" : \"dense/kernel\",\\s*\"shape\" : \\[ 16, 2 ]\\s*},", ""),
        "tensors",
        "missing",
        "dense/kernel");
  }

  /** The optimizer's state is read when it is needed, for training and for saving. */
  @Test
  void namesWrongVariablesOfTheOptimizer() {
    for (String json :
        List.of(
            description.replaceFirst("\"name\" : \"state:[^\"]*\"", "\"name\" : \"state:step\""),
            description.replaceFirst("\"kind\" : \"adam\"", "\"kind\" : \"adamax\""))) {
      write(json, values);
      try (Model<Prediction> model = Model.load(folder, Prediction.class)) {
        assertEquals(2, model.predictPixels(new byte[16]).probabilities().length);
        for (Executable use :
            List.<Executable>of(
                () -> model.fit(TinyImages.of(10, 1), FitOptions.epochs(1)),
                () -> model.save(folder.resolve("again")),
                model::snapshot)) {
          String fault = assertThrows(StoreException.class, use).getMessage();
          assertTrue(fault.contains("variables-") && fault.contains("tensors"), fault);
        }
        assertFalse(Files.exists(folder.resolve("again")));
      }
    }
  }

  @Test
  void namesNewerVersions() {
    assertFault(
        description.replaceFirst("\"version\" : 4", "\"version\" : 5"), "version", "4", "5");
  }

  @Test
  void namesFilesWithTooFewOrTooManyValues() {
    String few = faultOf(description, Arrays.copyOf(values, values.length - 1));
    assertTrue(few.endsWith(": it has " + (values.length - 1)), few);
    String many = faultOf(description, Arrays.copyOf(values, values.length + 4));
    assertTrue(many.endsWith(": it has " + (values.length + 4)), many);
  }

  /** A file of a few kilobytes may declare gigabytes; nothing of that size is allocated. */
  @Test
  void comparesDeclaredSizesWithTheFilesBeforeAllocatingMemory() {
    String huge = description.replace("\"units\" : 2", "\"units\" : 20000000");
    String network = faultOf(huge, values);
    assertTrue(network.contains("dense/kernel") && network.contains("20000000"), network);
    String all =
        faultOf(
            huge.replace("[ 16, 2 ]", "[ 16, 20000000 ]").replace("[ 2 ]", "[ 20000000 ]"), values);
    assertTrue(all.contains("variables-") && all.contains("it has " + values.length), all);
    for (String shape :
        List.of("[ 16, -2 ]", "[ 4294967296, 4294967296 ]", "[ 9223372036854775807 ]")) {
      String fault = faultOf(description.replaceFirst("\\[ 16, 2 ]", shape), values);
      assertTrue(fault.contains("dense/kernel"), fault);
    }
  }

  @Test
  void namesMissingAndDamagedFiles() throws IOException {
    Path file = SavedFiles.open(folder).path("variables.bin");
    values[7] ^= 1;
    Files.write(file, values);
    assertTrue(fault().startsWith(file + " is damaged"), this::fault);
    Files.delete(file);
    assertTrue(fault().startsWith(file + " is missing"), this::fault);
    folder = folder.resolve("nowhere");
    assertTrue(fault().contains(folder.toString()), this::fault);
  }
}
