package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.loss.SoftmaxCrossEntropy;
import io.github.convnet4j.train.Model;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code data}, and groups and class weights of the other commands. */
class DataCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  private int run(String... args) {
    out.reset();
    messages.reset();
    return Commands.execute(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(messages, true, StandardCharsets.UTF_8),
        args);
  }

  private List<String> printed() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private String messages() {
    return messages.toString(StandardCharsets.UTF_8);
  }

  /** 20 patients with 3 different pictures each: two of the class b, one of the class a. */
  @BeforeEach
  void pictures() throws IOException {
    Random random = new Random(1);
    for (int patient = 0; patient < 20; patient++) {
      for (int slice = 0; slice < 3; slice++) {
        BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64; i++) {
          picture.getRaster().setPixel(i % 8, i / 8, new int[] {random.nextInt(256)});
        }
        Path file =
            folder.resolve(
                "data/%s/patient%d-%d.png".formatted(slice == 0 ? "a" : "b", patient, slice));
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", file.toFile());
      }
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  @Test
  void countsClassesAndNamesDuplicates() throws IOException {
    assertEquals(0, run("data", "--data", data()), this::messages);
    assertEquals("images     49           5     6", printed().get(1));
    assertEquals("a          16           2     2", printed().get(2));
    assertTrue(
        printed()
            .contains(
                "Near duplicates of training and validation images: 0 of the 6 test images, 0 of"
                    + " them exact copies"),
        () -> printed().toString());
    // Every picture twice: whatever is in the test data has its copy somewhere.
    for (String name : List.of("a", "b")) {
      Path classFolder = folder.resolve("data").resolve(name);
      try (var files = Files.list(classFolder)) {
        for (Path file : files.toList()) {
          Files.copy(file, classFolder.resolve("again-" + file.getFileName()));
        }
      }
    }
    assertEquals(0, run("data", "--data", data(), "--list", "1"), this::messages);
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("of the 12 test images"), text);
    assertTrue(text.contains(".png (exact)"), text);
    assertTrue(text.contains("more; --list"), text);
    // In groups, both copies are on the same side.
    assertEquals(0, run("data", "--data", data(), "--groups", "patient\\d+"), this::messages);
    assertTrue(
        printed()
            .contains(
                "Near duplicates of training and validation images: 0 of the 12 test images, 0 of"
                    + " them exact copies"),
        () -> printed().toString());
    assertTrue(messages().contains("Groups: 20 (train 16, validation 2, test 2)"), this::messages);
  }

  @Test
  void theModelRecordsTheGroups() {
    String out = folder.resolve("model").toString();
    String[] train = {
      "train",
      "--data",
      data(),
      "--out",
      out,
      "--groups",
      "patient(\\d+)",
      "--epochs",
      "1",
      "--class-weights",
      "balanced"
    };
    assertEquals(0, run(train), this::messages);
    try (Model<?> model = Model.load(Path.of(out))) {
      assertEquals("patient(\\d+)", model.options().groups().orElseThrow());
      // 16 of 48 training pictures are of class a: 48 / (2 * 16) and 48 / (2 * 32).
      assertEquals(
          List.of(1.5, 0.75),
          ((SoftmaxCrossEntropy) model.tasks().get(0).task().loss()).classWeights());
    }
    assertEquals(0, run("evaluate", out, "--data", data()), this::messages);
    assertTrue(messages().contains("Groups: 20 (train 16, validation 2, test 2)"), this::messages);
    assertEquals(2, run("evaluate", out, "--data", data(), "--groups", "p"));
    assertTrue(messages().contains("--groups must be patient(\\d+)"), this::messages);
  }

  @Test
  void aRunIsNotResumedWithOtherGroupsOrWeights() {
    String checkpoints = folder.resolve("checkpoints").toString();
    String[] plain = {
      "train",
      "--data",
      data(),
      "--out",
      folder.resolve("model").toString(),
      "--epochs",
      "1",
      "--checkpoints",
      checkpoints
    };
    assertEquals(0, run(plain), this::messages);
    for (String[] more : new String[][] {{"--groups", "patient\\d+"}, {"--class-weights", "1,2"}}) {
      String[] changed = Arrays.copyOf(plain, plain.length + 2);
      changed[plain.length] = more[0];
      changed[plain.length + 1] = more[1];
      assertEquals(2, run(changed), more[0]);
      assertTrue(messages().contains("--checkpoints"), this::messages);
    }
  }

  @Test
  void namesWithoutAGroupAreRefused() {
    assertEquals(2, run("data", "--data", data(), "--groups", "case(\\d+)"));
    assertTrue(messages().contains("a/patient0-0.png"), this::messages);
  }
}
