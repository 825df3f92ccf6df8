package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.keras.KerasFiles;
import io.github.convnet4j.keras.KerasModel;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** {@code train --start-from}: what is taken over, what is frozen, and what is trained. */
class StartFromTest {
  private static final Normalization FROM_MINUS_1_TO_1 = Normalization.of(0.5, 0.5);

  @TempDir private Path folder;

  /**
   * Takes [6, 6, 3]: encoder/conv1, norm1, act1, conv2, norm2, then a global pooling and a softmax.
   */
  private Path file;

  private Path data;
  private Path out;

  @BeforeEach
  void write() throws IOException {
    file = KerasFiles.unpack("keras-3.15.1", "nested.keras", folder);
    data = folder.resolve("data");
    out = folder.resolve("model");
    for (int i = 0; i < 30; i++) {
      byte[] pixels = new byte[64];
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (byte) (i % 2 == 0 ? 100 + 5 * (i + p) % 150 : p * i % 90);
      }
      Shell.picture(data.resolve(i % 2 == 0 ? "light" : "dark").resolve(i + ".png"), 8, 8, pixels);
    }
  }

  private String[] command(String... options) {
    List<String> command =
        new ArrayList<>(List.of("train", "--data=" + data, "--out=" + out, "--epochs=2"));
    command.addAll(List.of(options));
    return command.toArray(String[]::new);
  }

  private Model<Prediction> trained(String... options) {
    Shell.done(command(options));
    return Model.load(out, Prediction.class);
  }

  private static void assertKept(Model<?> model, Weights before, String... layers) {
    for (String name : before.names()) {
      if (Arrays.stream(layers).anyMatch(layer -> name.startsWith(layer + "/"))) {
        assertArrayEquals(before.values(name), model.weights(name), name);
      }
    }
  }

  private static void assertTrained(Model<?> model, Weights before, String... names) {
    for (String name : names) {
      assertFalse(Arrays.equals(before.values(name), model.weights(name)), name);
    }
  }

  @Test
  void trainsANewLastLayer() {
    Weights before = KerasModel.read(file).weights();
    try (Model<Prediction> model = trained("--start-from=" + file, "--pixels=-1:1", "--fit=crop")) {
      assertKept(model, before, "encoder");
      assertEquals(List.of("dark", "light"), model.classNames());
      assertEquals(FROM_MINUS_1_TO_1, model.options().normalization());
      assertEquals(
          PictureFormat.asTheyAre()
              .size(6, 6)
              .fit(PictureFormat.Fit.CROP)
              .colour(PictureFormat.Colour.RGB),
          model.pictureFormat());
      assertEquals(4 * 2 + 2, model.network().trainableParameterCount());
      assertEquals("encoder/conv1/kernel", model.weightNames().get(0));
    }
    String answer =
        Shell.done("predict", out.toString(), data.resolve("light/0.png").toString(), "--top=2");
    assertTrue(answer.contains("dark ") && answer.contains("light "), answer);
    assertTrue(
        Shell.done("evaluate", out.toString(), "--data=" + data).contains("accuracy"), answer);
  }

  /** Moving statistics do not change even in layers that are trained. */
  @Test
  void layersAfterTheNamedOneAreTrained() {
    Weights before = KerasModel.read(file).weights();
    try (Model<?> model =
        trained("--start-from=" + file, "--pixels=0:1", "--freeze-until=encoder/act1")) {
      assertKept(model, before, "encoder/conv1", "encoder/norm1");
      assertTrained(model, before, "encoder/conv2/kernel", "encoder/norm2/gamma");
      assertKept(model, before, "encoder/norm2/moving_mean", "encoder/norm2/moving_variance");
      for (String name : List.of("moving_mean", "moving_variance")) {
        String variable = "encoder/norm2/" + name;
        assertArrayEquals(before.values(variable), model.weights(variable), variable);
      }
    }
  }

  /** Two layers are not trainable in the file. */
  @Test
  void allLayersCanBeTrained() {
    Weights before = KerasModel.read(file).weights();
    try (Model<?> model = trained("--start-from=" + file, "--freeze-until=none")) {
      assertTrained(
          model, before, "encoder/conv1/kernel", "encoder/norm1/beta", "encoder/conv2/bias");
    }
  }

  @Test
  void theLastLayerToTakeOverCanBeNamed() {
    try (Model<?> model = trained("--start-from=" + file, "--features=encoder/act1")) {
      assertEquals(Shape.of(5, 2), model.weights().shape("dense/kernel"));
      assertFalse(model.weightNames().contains("encoder/conv2/kernel"));
    }
  }

  /** The numbers of two units in place of the file's softmax. */
  @ParameterizedTest
  @ValueSource(strings = {"sequential.keras", "yes_or_no.keras", "nested_chains.keras"})
  void networksOfOtherKinds(String name) {
    Path other = folder.resolve(name);
    try (Model<?> model = trained("--start-from=" + other)) {
      assertEquals(Shape.of(2), model.network().output());
      Weights before = KerasModel.read(other).weights();
      String first = before.names().iterator().next();
      assertArrayEquals(before.values(first), model.weights(first));
    }
  }

  @Test
  void aFileWithoutALastLayerIsTakenOverWhole() {
    Path features = folder.resolve("operators.keras");
    try (Model<?> model = trained("--start-from=" + features)) {
      assertEquals(Shape.of(3, 2), model.weights().shape("dense_1/kernel"));
      assertEquals(Normalization.toRange(0, 255), model.options().normalization());
    }
  }

  @Test
  void aSavedModelIsTakenOverWithItsPictureFormat() {
    Shell.done(
        "train", "--data=" + data, "--size=12", "--fit=pad", "--out=" + out, "--max-steps=2");
    Weights before = Model.readWeights(out);
    Path again = folder.resolve("again");
    Shell.done("train", "--data=" + data, "--start-from=" + out, "--out=" + again, "--max-steps=2");
    try (Model<?> model = Model.load(again)) {
      assertEquals(PictureFormat.Fit.PAD, model.pictureFormat().fit());
      assertKept(model, before, "conv2d", "batch_norm");
    }
    String message =
        Shell.mistake(
            "train", "--data=" + data, "--start-from=" + out, "--out=" + again, "--fit=crop");
    assertTrue(message.startsWith("--fit crop: "), message);
  }

  @Test
  void aSavedModelOfArraysIsTakenOver() throws IOException {
    Path net =
        Files.writeString(
            folder.resolve("net.json"), DefaultNetwork.ofVector(Shape.of(28, 28, 1), 10).toJson());
    Shell.done("train", "--data=digits", "--network=" + net, "--out=" + out, "--max-steps=1");
    Path again = folder.resolve("again");
    Shell shell = new Shell();
    assertEquals(
        0,
        shell.execute(
            "train", "--data=digits", "--start-from=" + out, "--out=" + again, "--max-steps=1"));
    assertTrue(shell.messages().contains("Starting from " + out), shell.messages());
    assertFalse(shell.messages().contains("--fit"), shell.messages());
    Path tiny = Files.writeString(folder.resolve("tiny.json"), Shell.TINY.toJson());
    Path flat = folder.resolve("flat");
    Shell.done("train", "--data=digits", "--network=" + tiny, "--out=" + flat, "--max-steps=1");
    String message =
        Shell.mistake("train", "--data=digits", "--start-from=" + flat, "--out=" + again);
    assertTrue(message.startsWith("--start-from: " + flat + " has no weights"), message);
  }

  @Test
  void aStoppedRunResumes() {
    String checkpoints = "--checkpoints=" + folder.resolve("checkpoints");
    String start = "--start-from=" + file;
    Weights whole;
    try (Model<?> model = trained(start)) {
      whole = model.weights();
    }
    Shell.done(command(start, checkpoints, "--max-steps=1"));
    try (Model<?> model = trained(start, checkpoints)) {
      assertEquals(whole, model.weights());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--freeze-until=encoder/conv9, encoder/conv9",
    "--freeze-until=head, head",
    "--features=nowhere, nowhere",
    "--features=input_layer_1, input_layer_1",
    "--features=encoder, encoder/norm2",
    "--normalize, --start-from",
    "--network=net.json, --start-from",
    "--pixels=1:0, 1.0",
    "--colour=grey, RGB",
    "--task=segmentation, --start-from",
  })
  void namesWhatDoesNotFit(String option, String named) {
    String message = Shell.mistake(command("--start-from=" + file, option));
    assertTrue(message.startsWith("--") || message.startsWith("Invalid value"), message);
    assertTrue(message.contains(named), message);
    assertFalse(Files.exists(out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--features=a", "--freeze-until=a", "--pixels=0:1"})
  void optionsThatNeedANetworkToStartFrom(String option) {
    String message = Shell.mistake(command(option));
    assertTrue(message.startsWith(option.substring(0, option.indexOf('=')) + ": "), message);
    assertTrue(message.contains("--start-from"), message);
  }

  @Test
  void namesAFileThatCannotBeUsed() throws IOException {
    for (String name : List.of("branches.keras", "adapted.keras", "siamese.keras")) {
      Path other = folder.resolve(name);
      String message = Shell.mistake(command("--start-from=" + other));
      assertTrue(message.startsWith("--start-from: " + other), message);
    }
    String missing = Shell.mistake(command("--start-from=none.keras"));
    assertTrue(missing.startsWith("none.keras does not exist"), missing);
    Path cut = folder.resolve("cut.keras");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(file), 1000));
    String damaged = Shell.mistake(command("--start-from=" + cut));
    assertTrue(damaged.startsWith(cut + ": "), damaged);
    String digits = Shell.mistake("train", "--data=digits", "--out=" + out, "--start-from=" + file);
    assertTrue(digits.contains("[6, 6, 3]") && digits.contains("[28, 28, 1]"), digits);
  }
}
