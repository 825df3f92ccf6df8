package io.github.convnet4j.classifier;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.store.Content;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.store.StoreException;
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
import org.junit.jupiter.api.io.TempDir;

/** A save that cannot be loaded is told by what is wrong with it. */
class LoadFaultsTest {
  @TempDir Path folder;
  private String description;
  private byte[] values;

  @BeforeEach
  void save() throws IOException {
    try (Classifier classifier = Classifier.of(TinyImages.NETWORK, adam(0.01f))) {
      classifier.save(folder);
    }
    SavedFiles files = SavedFiles.open(folder);
    description = files.text("classifier.json");
    try (InputStream in = files.stream("variables.bin")) {
      values = in.readAllBytes();
    }
  }

  /** Saves other files, whole ones, with right sums. */
  private String faultOf(String json, byte[] bytes) {
    Content text = out -> out.write(json.getBytes(StandardCharsets.UTF_8));
    SavedFiles.write(
        folder, Map.of("classifier.json", text, "variables.bin", out -> out.write(bytes)));
    return fault();
  }

  private String fault() {
    return assertThrows(StoreException.class, () -> Classifier.load(folder)).getMessage();
  }

  private void assertFault(String message, String json) {
    String fault = faultOf(json, values);
    assertEquals(message, fault.replaceFirst(".*classifier-[0-9a-f]{12}.json is not", "It is not"));
  }

  @Test
  void variablesOfOtherShapesAndNames() {
    assertFault(
        "It is not a classifier of this library: dense/kernel must be of shape [16, 2]: [2, 16]",
        description.replace("\"shape\" : [ 16, 2 ]", "\"shape\" : [ 2, 16 ]"));
    assertFault(
        "It is not a classifier of this library: the network and its optimizer have no variable"
            + " state:step",
        description.replaceFirst("\"name\" : \"state:[^\"]*\"", "\"name\" : \"state:step\""));
    assertFault(
        "It is not a classifier of this library: tensors must have each variable once: dense/bias",
        description
            .replace("\"name\" : \"dense/kernel\"", "\"name\" : \"dense/bias\"")
            .replace("\"shape\" : [ 16, 2 ]", "\"shape\" : [ 2 ]"));
    assertFault(
        "It is not a classifier of this library: tensors lacks the variable dense/kernel",
        description.replaceFirst(
            "\\{\\s*\"name\" : \"dense/kernel\",\\s*\"shape\" : \\[ 16, 2 ]\\s*},", ""));
  }

  @Test
  void newerVersions() {
    assertFault(
        "It is not a classifier of this library: it is of version 4, this library reads up to 3:"
            + " use a newer one",
        description.replaceFirst("\"version\" : 3", "\"version\" : 4"));
  }

  @Test
  void tooFewAndTooManyValues() {
    String few = faultOf(description, Arrays.copyOf(values, values.length - 1));
    assertTrue(few.endsWith("is of " + (values.length - 1)), few);
    String many = faultOf(description, Arrays.copyOf(values, values.length + 4));
    assertTrue(many.endsWith("is of " + (values.length + 4)), many);
  }

  /** A few kilobytes that speak of gigabytes: they are compared before anything is made. */
  @Test
  void whatIsDeclaredIsComparedWithTheFilesBeforeAnythingIsBuilt() {
    String huge = description.replace("\"units\" : 2", "\"units\" : 20000000");
    String network = faultOf(huge, values);
    assertTrue(network.contains("dense/kernel") && network.contains("20000000"), network);
    String all =
        faultOf(
            huge.replace("[ 16, 2 ]", "[ 16, 20000000 ]").replace("[ 2 ]", "[ 20000000 ]"), values);
    assertTrue(all.contains("variables-") && all.contains("is of " + values.length), all);
    for (String shape :
        List.of("[ 16, -2 ]", "[ 4294967296, 4294967296 ]", "[ 9223372036854775807 ]")) {
      String fault = faultOf(description.replaceFirst("\\[ 16, 2 ]", shape), values);
      assertTrue(fault.contains("dense/kernel"), fault);
    }
  }

  @Test
  void missingAndDamagedFiles() throws IOException {
    Path file = SavedFiles.open(folder).path("variables.bin");
    values[7] ^= 1;
    Files.write(file, values);
    assertTrue(
        fault().startsWith(file + " is damaged: its SHA-256 checksum must be "), this::fault);
    Files.delete(file);
    assertEquals(file + " is missing", fault());
    folder = folder.resolve("nowhere");
    assertEquals("folder does not exist: " + folder, fault());
  }
}
