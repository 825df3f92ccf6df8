package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.classifier.Classifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of class folders to a prediction, as a stranger would go. */
class ClassFoldersTest {
  @TempDir private Path folder;
  private String pictures;
  private String model;

  /** Twenty dark and twenty light pictures of various sizes. */
  @BeforeEach
  void draw() {
    pictures = folder.resolve("pictures").toString();
    model = folder.resolve("model").toString();
    for (int i = 0; i < 20; i++) {
      shade("pictures/dark/" + i + ".png", 10 + i % 3, 3 * i);
      shade("pictures/light/" + i + ".png", 10 + i % 5, 255 - 3 * i);
    }
  }

  @Test
  void trainsEvaluatesAndPredictsByTheFoldersNames() {
    train();
    try (Classifier classifier = Classifier.load(Path.of(model))) {
      assertEquals(List.of("dark", "light"), classifier.classNames());
      assertEquals("[8, 8, 1]", classifier.network().input().toString());
    }
    String report = Shell.done("evaluate", model, "--data", pictures);
    assertTrue(report.contains("accuracy 1.0000 (4 of 4)"), report);
    String night = shade("night.png", 30, 20);
    assertTrue(Shell.done("predict", model, night).startsWith(night + "  dark "), night);
    assertTrue(Shell.done("predict", model, night, "--invert").startsWith(night + "  light "));
  }

  @Test
  void partAllTakesAFolderOfSomeOfTheClasses() {
    train();
    shade("other/light/1.png", 5, 250);
    shade("other/light/2.png", 5, 20);
    String other = folder.resolve("other").toString();
    String report = Shell.done("evaluate", model, "--data", other, "--part=all");
    assertTrue(report.contains("accuracy 0.5000 (1 of 2)"), report);
    shade("other/dusk/1.png", 5, 100);
    assertEquals(
        "--data: the class folders are dusk, light but the model knows dark, light; with --part"
            + " all, some of them will do",
        Shell.mistake("evaluate", model, "--data", other));
  }

  @Test
  void validationMayBeAFolderOrAShare() {
    shade("others/dark/1.png", 9, 0);
    shade("others/light/1.png", 7, 255);
    Path others = folder.resolve("others");
    assertTrue(train("--validation=" + others).contains("accuracy 1.0000 (2 of 2)"));
    assertTrue(train("--validation=0.5").contains(" of 18)"));
    assertTrue(train("--validation=none").endsWith("30 epochs, 60 steps\n"));
  }

  @Test
  void mistakesInTheFolderAreNamed() throws IOException {
    String told = Shell.mistake("train", "--data", pictures, "--out", model);
    assertTrue(told.contains("scale all to one size, by --size"), told);
    Path note = Files.writeString(Path.of(pictures, "dark", "note.png"), "a text");
    assertEquals(
        note + " is not a picture: give a PNG, JPEG, GIF or BMP file",
        Shell.mistake("train", "--data", pictures, "--size=8", "--out", model));
    Path empty = Files.createDirectories(folder.resolve("empty"));
    told = Shell.mistake("train", "--data=" + empty, "--out", model);
    assertTrue(told.startsWith(empty + " holds no class folders: "), told);
  }

  private String train(String... options) {
    String[] command = {
      "train",
      "--data=" + pictures,
      "--size=8",
      "--out=" + model,
      "--epochs=30",
      "--learning-rate=0.01",
      "--progress=none"
    };
    String[] all = Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, all, command.length, options.length);
    return Shell.done(all);
  }

  private String shade(String name, int side, int shade) {
    byte[] pixels = new byte[side * side];
    Arrays.fill(pixels, (byte) shade);
    return Shell.picture(folder.resolve(name), side, side, pixels).toString();
  }
}
