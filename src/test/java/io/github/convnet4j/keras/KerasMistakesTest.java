package io.github.convnet4j.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not models of Keras, that are damaged, or that try to do harm. */
class KerasMistakesTest {
  private static final String VERSION = "keras-3.15.1";
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private static String message(Path file) {
    DataException e = assertThrows(DataException.class, () -> KerasModel.read(file));
    assertTrue(e.getMessage().startsWith(file.toString()), e::getMessage);
    return e.getMessage();
  }

  private static void assertMentions(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "\"%s\" is not in: %s".formatted(part, message));
    }
  }

  /** Returns a copy of a model with a changed configuration. */
  private Path withConfig(String model, UnaryOperator<String> change) throws IOException {
    Path original = KerasFiles.unpack(VERSION, model, folder);
    Path changed = folder.resolve("changed.keras");
    try (ZipFile zip = new ZipFile(original.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().equals("config.json")) {
          String config = new String(bytes, StandardCharsets.UTF_8);
          String other = change.apply(config);
          assertFalse(other.equals(config), "nothing was changed");
          bytes = other.getBytes(StandardCharsets.UTF_8);
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(bytes);
      }
    }
    return changed;
  }

  @Test
  void aFileThatIsMissing() {
    assertMentions(message(folder.resolve("none.keras")), "none.keras");
  }

  @Test
  void aSavedModel() throws IOException {
    Path model = Files.createDirectory(folder.resolve("saved_model"));
    assertMentions(message(model), "SavedModel", "model.save(");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "PK\3\4", "this is not a model", "\u0089HDF\r\n"})
  void aFileOfAnotherKind(String content) throws IOException {
    Path file = folder.resolve("text.keras");
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    message(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.weights.h5"})
  void aZipWithoutAMember(String missing) throws IOException {
    Path file = folder.resolve("zip.keras");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : List.of("config.json", "model.weights.h5")) {
        if (!name.equals(missing)) {
          out.putNextEntry(new ZipEntry(name));
          out.write("{}".getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    assertMentions(message(file), missing);
  }

  @Test
  void aZipThatUnpacksToTooMuch() throws IOException {
    Path file = folder.resolve("bomb.keras");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("config.json"));
      out.write("{}".getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry("model.weights.h5"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 80; i++) {
        out.write(zeros);
      }
    }
    assertMentions(message(file), "model.weights.h5", "64 MB");
  }

  @Test
  void aConfigurationThatUnpacksToTooMuch() throws IOException {
    Path file = folder.resolve("bomb.keras");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("config.json"));
      byte[] spaces = new byte[1 << 20];
      Arrays.fill(spaces, (byte) ' ');
      for (int i = 0; i < 65; i++) {
        out.write(spaces);
      }
    }
    assertMentions(message(file), "config.json", "64 MB");
  }

  @Test
  void aDeepConfiguration() throws IOException {
    String deep = "[".repeat(100_000);
    assertMentions(message(withConfig("sequential.keras", config -> deep)), "JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "1",
        "null",
        "{\"class_name\": \"Sequential\"}",
        "{\"class_name\": \"Sequential\", \"config\": {\"layers\": []}}",
        "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [1]}}",
        "{\"class_name\": \"Functional\", \"config\": {\"layers\": []}}",
        "{\"class_name\": \"Functional\", \"config\": {\"layers\": [], \"input_layers\": [[\"a\","
            + " 0, 0]], \"output_layers\": [[\"a\", 0, 0]]}}"
      })
  void aConfigurationThatIsNoModel(String config) throws IOException {
    message(withConfig("sequential.keras", old -> config));
  }

  @Test
  void anotherKindOfModel() throws IOException {
    Path file =
        withConfig(
            "sequential.keras",
            config ->
                config.replace("\"class_name\": \"Sequential\"", "\"class_name\": \"MyOwnModel\""));
    assertMentions(message(file), "Sequential or Functional", "MyOwnModel");
  }

  /** All of them at once, also in a model within the model. */
  @Test
  void layersThatAreNotSupported() throws IOException {
    Path file =
        withConfig(
            "nested.keras",
            config ->
                config
                    .replace("\"class_name\": \"Activation\"", "\"class_name\": \"LSTM\"")
                    .replace(
                        "\"class_name\": \"GlobalAveragePooling2D\"", "\"class_name\": \"Lambda\"")
                    .replace("\"padding\": \"valid\"", "\"padding\": \"causal\""));
    assertMentions(
        message(file),
        "4 of its layers",
        "LSTM \"act1\" in \"encoder\"",
        "Conv2D \"conv1\" in \"encoder\" (padding causal)",
        "Conv2D \"conv2\" in \"encoder\" (padding causal)",
        "Lambda \"global_average_pooling2d\" (it consists of Python code, which is never run)",
        "KerasLayers.with(");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"filters\": 4;\"filters\": \"four\";filters must be an integer: four",
        "\"filters\": 4;\"filters\": 4.5;filters must be an integer: 4.5",
        "\"filters\": 4;\"filters\": -1;filters must be at least 1: -1",
        "\"filters\": 4;\"filter\": 4;filters must be an integer: there is none",
        "\"kernel_size\": [3, 3];\"kernel_size\": [3, 3, 3];kernel_size must be one or two"
            + " integers",
        "\"pool_size\": [2, 2];\"pool_size\": {};pool_size must be integers: {}",
        "\"data_format\": \"channels_last\";\"data_format\": \"channels_first\";data_format"
            + " channels_first",
        "\"activation\": \"tanh\";\"activation\": \"mine\";the activation mine",
        "\"rate\": 0.25;\"rate\": 1.5;1.5",
        "\"axis\": -1;\"axis\": 1;axis [1], which is not the last dimension"
      })
  void anOptionThatIsNotSupported(String from, String to, String problem) throws IOException {
    Path file = withConfig("sequential.keras", config -> config.replace(from, to));
    assertMentions(message(file), problem);
  }

  @Test
  void weightsOfAnotherShape() throws IOException {
    Path file =
        withConfig("sequential.keras", config -> config.replace("\"units\": 5", "\"units\": 6"));
    assertMentions(
        message(file), "Dense \"dense\"", "dense/kernel must have the shape [24, 6]", "[24, 5]");
  }

  @Test
  void weightsThatAreMissing() throws IOException {
    Path file =
        withConfig(
            "sequential.keras",
            config -> config.replace("\"use_bias\": false", "\"use_bias\": true"));
    assertMentions(message(file), "must have 2 variables", "the file has 1");
  }

  /** Refused before memory is taken. */
  @ParameterizedTest
  @ValueSource(strings = {"2147483647", "80000000"})
  void weightsThatAreTooLarge(String units) throws IOException {
    Path file =
        withConfig(
            "sequential.keras", config -> config.replace("\"units\": 5", "\"units\": " + units));
    message(file);
  }

  @Test
  void aLayerThatNeedsItsOwnOutput() throws IOException {
    Path file =
        withConfig(
            "nested.keras",
            config ->
                config.replace(
                    "\"keras_history\": [\"encoder\", 0, 0]",
                    "\"keras_history\": [\"global_average_pooling2d\", 0, 0]"));
    assertMentions(message(file), "\"global_average_pooling2d\"", "its own output");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[\"encoder\", 0, 0];[\"nobody\", 0, 0];nobody",
        "[\"encoder\", 0, 0];[\"encoder\", 7, 0];encoder",
        "[\"encoder\", 0, 0];[\"encoder\", 0, 3];no output 3",
        "[\"encoder\", 0, 0];[\"encoder\", -1, 0];encoder",
        "[\"encoder\", 0, 0];7;tensor",
        "\"name\": \"norm1\";\"name\": \"conv1\";conv1"
      })
  void connectionsThatLeadNowhere(String from, String to, String problem) throws IOException {
    Path file = withConfig("nested.keras", config -> config.replace(from, to));
    assertMentions(message(file), problem);
  }

  /** A model that applies a model twice, which applies a model twice, …: 2^40 layers. */
  @Test
  void modelsThatMultiply() throws IOException {
    StringBuilder model = new StringBuilder("{\"class_name\": \"ReLU\", \"config\": {}");
    for (int depth = 0; depth < 40; depth++) {
      String name = "m" + depth;
      String inner =
          model
              + ", \"name\": \"%s\", \"inbound_nodes\": [%s, %s]}"
                  .formatted(name, call("in", 0), call(name, depth == 0 ? 0 : 1));
      model =
          new StringBuilder(
              "{\"class_name\": \"Functional\", \"config\": {\"layers\": [{\"class_name\":"
                  + " \"InputLayer\", \"name\": \"in\", \"config\": {\"batch_shape\": [null, 3]},"
                  + " \"inbound_nodes\": []}, "
                  + inner
                  + "], \"input_layers\": [[\"in\", 0, 0]], \"output_layers\": [[\"%s\", %d, 0]]}"
                      .formatted(name, depth == 0 ? 1 : 2));
    }
    String config = model + "}";
    Path file = withConfig("sequential.keras", old -> config);
    assertTimeoutPreemptively(LONG, () -> message(file));
  }

  private static String call(String layer, int index) {
    return "{\"args\": [{\"class_name\": \"__keras_tensor__\", \"config\": {\"keras_history\": [\"%s\", %d, 0]}}], \"kwargs\": {}}"
        .formatted(layer, index);
  }

  @Test
  void linksToOtherFiles() throws IOException {
    assertMentions(message(KerasFiles.unpack("hostile", "links.h5", folder)), "link");
  }

  @Test
  void weightsInChunks() throws IOException {
    assertMentions(message(KerasFiles.unpack("hostile", "chunks.h5", folder)), "chunks");
  }

  @Test
  void weightsWithoutAConfiguration() throws IOException {
    Path file = KerasFiles.unpack(VERSION, "sequential.weights.h5", folder);
    assertMentions(message(file), "readWeights(");
  }

  @Test
  void weightsOfAnotherNetwork() throws IOException {
    Path file = KerasFiles.unpack(VERSION, "sequential.weights.h5", folder);
    KerasModel other = KerasModel.read(folder.resolve("branches.keras"));
    DataException e =
        assertThrows(
            DataException.class, () -> KerasLayers.standard().readWeights(file, other.network()));
    assertMentions(e.getMessage(), file.toString(), "5", "8");
  }

  @Test
  void anInputWithoutAFixedShape() throws IOException {
    Path file =
        withConfig(
            "nested.keras", config -> config.replace("[null, 6, 6, 3]", "[null, null, null, 3]"));
    assertMentions(message(file), "[null,null,null,3]", "inputShape(");
    assertEquals(
        "[6, 6, 3]",
        KerasLayers.standard().inputShape(6, 6, 3).read(file).network().input().toString());
  }

  /** Wherever a file ends or a byte is wrong, the file is read, or refused with a sentence. */
  @ParameterizedTest
  @CsvSource({
    "keras-3.15.1, nested.keras",
    "keras-3.15.1, branches.h5",
    "keras-2.9, nested.h5",
    "keras-3.3.3, operators.keras"
  })
  void damagedFiles(String version, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(KerasFiles.unpack(version, name, folder));
    Random random = new Random(7);
    List<byte[]> damaged = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      damaged.add(Arrays.copyOf(bytes, bytes.length * i / 20));
    }
    for (int i = 0; i < 60; i++) {
      byte[] flipped = bytes.clone();
      for (int n = random.nextInt(8); n >= 0; n--) {
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      }
      damaged.add(flipped);
    }
    Path file = folder.resolve("damaged" + name.substring(name.indexOf('.')));
    for (byte[] each : damaged) {
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(each);
      }
      assertTimeoutPreemptively(LONG, () -> readOrRefuse(file));
    }
  }

  private static void readOrRefuse(Path file) {
    try {
      KerasModel.read(file);
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith(file.toString()), e::getMessage);
    }
  }
}
