package io.github.convnet4j.keras;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small models that several versions of Keras wrote in all their formats, with what they computed;
 * {@code src/test/python/write_keras_files.py} writes them.
 */
class VersionsTest {
  private static final double TOLERANCE = 2e-6;

  @TempDir private Path folder;

  /** A path need not be in the default file system. */
  @Test
  void readsFilesWithinAZip() throws IOException {
    KerasFiles.unpack("keras-3.8.0", folder);
    Path zip = folder.resolve("models.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      for (String name : List.of("branches.keras", "branches.h5")) {
        Path within = files.getPath("/", name);
        Files.copy(folder.resolve(name), within);
        assertEquals(
            KerasModel.read(folder.resolve(name)).network(), KerasModel.read(within).network());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keras-2.2.5",
        "keras-2.9",
        "keras-2.12",
        "tf_keras-2.16",
        "keras-3.0.5",
        "keras-3.3.3",
        "keras-3.8.0",
        "keras-3.11.3",
        "keras-3.15.1"
      })
  void readsAllFilesOfAVersion(String version) throws IOException {
    KerasFiles.unpack(version, folder);
    SortedMap<String, List<Path>> models = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith("h5") || file.toString().endsWith("keras"))
          .sorted()
          .forEach(
              file -> models.computeIfAbsent(modelName(file), name -> new ArrayList<>()).add(file));
    }
    assertFalse(models.isEmpty());
    List<Executable> checks = new ArrayList<>();
    models.forEach((name, files) -> checks.add(() -> check(version, name, files)));
    assertAll(checks);
  }

  private static String modelName(Path file) {
    return file.getFileName().toString().replaceAll("([._]weights)?[.](h5|keras)", "");
  }

  /** All formats must hold the same network and the same weights. */
  private void check(String version, String name, List<Path> files) {
    List<KerasModel> models = new ArrayList<>();
    for (Path file : files) {
      if (!file.toString().contains("weights")) {
        KerasModel model = KerasModel.read(file);
        String number = version.replaceAll(".*-", "");
        assertTrue(model.kerasVersion().startsWith(number), file + model.kerasVersion());
        models.add(model);
      }
    }
    KerasModel first = models.get(0);
    Network network = first.networkWithActivations();
    for (KerasModel model : models) {
      assertEquals(network, model.networkWithActivations(), name);
      assertEquals(first.weights(), model.weights(), name);
    }
    for (Path file : files) {
      if (file.toString().contains("weights")) {
        Weights weights = KerasLayers.standard().readWeights(file, network);
        assertEquals(first.weights(), weights, file::toString);
      }
    }
    checkOutputs(name, network, first.weights());
  }

  private void checkOutputs(String name, Network network, Weights weights) {
    Map<String, List<float[]>> expected = expected(folder.resolve(name + ".txt"));
    Map<String, float[]> inputs = new LinkedHashMap<>();
    List<String> names = List.copyOf(network.inputs().keySet());
    for (int i = 0; i < names.size(); i++) {
      inputs.put(names.get(i), expected.get("input").get(i));
    }
    List<String> outputs = List.copyOf(network.outputs().keySet());
    assertEquals(expected.get("output").size(), outputs.size());
    try (KerasRun run = new KerasRun(network, weights)) {
      for (int i = 0; i < outputs.size(); i++) {
        float[] computed = run.fetch(inputs, run.output(outputs.get(i))).get(0);
        double difference = KerasRun.difference(expected.get("output").get(i), computed);
        assertTrue(difference <= TOLERANCE, () -> name + ": difference " + difference);
      }
    }
  }

  private static Map<String, List<float[]>> expected(Path file) {
    try {
      Map<String, List<float[]>> arrays = new LinkedHashMap<>();
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ", -1);
        float[] numbers = new float[words.length - 1];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = Float.parseFloat(words[i + 1]);
        }
        arrays.computeIfAbsent(words[0], key -> new ArrayList<>()).add(numbers);
      }
      return arrays;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
