package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.files.NumpyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images in one file, as the commands take them: NPZ, NPY and CSV. */
class ArrayFileTest {
  private static final int IMAGES = 120;
  private static final int PIXELS = 64;

  @TempDir private Path folder;
  private byte[] pixels;
  private long[] labels;

  /** Bright images are of class 1. */
  @BeforeEach
  void makeImages() {
    pixels = new byte[IMAGES * PIXELS];
    new Random(1).nextBytes(pixels);
    labels = LongStream.range(0, IMAGES).map(i -> i % 2).toArray();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ((pixels[i] & 0x7f) + 120 * labels[i / PIXELS]);
    }
  }

  private String table(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(
            i ->
                labels[i]
                    + IntStream.range(0, PIXELS)
                        .mapToObj(p -> "," + (pixels[i * PIXELS + p] & 0xff))
                        .collect(Collectors.joining()))
        .collect(
            Collectors.joining(
                "\n",
                "label"
                    + IntStream.range(0, PIXELS)
                        .mapToObj(p -> ",pixel" + p)
                        .collect(Collectors.joining())
                    + "\n",
                "\n"));
  }

  private Path archive() throws IOException {
    return NumpyFiles.npz(
        folder.resolve("data.npz"),
        Map.of(
            "x", NumpyFiles.bytes(pixels, IMAGES, 8, 8),
            "y", NumpyFiles.integers(labels, IMAGES)));
  }

  @Test
  void trainsOnEachKindAndEvaluatesOnTheOthers() throws IOException {
    Path csv = Files.writeString(folder.resolve("train.csv"), table(IMAGES));
    Path model = folder.resolve("model");
    Shell.done("train", "--data", csv.toString(), "--out", model.toString(), "--epochs", "8");
    String table = Shell.done("evaluate", model.toString(), "--data", csv.toString());
    assertTrue(table.contains("of 12)"), table);
    String arrays =
        Shell.done("evaluate", model.toString(), "--data", archive().toString(), "--part", "all");
    assertTrue(arrays.contains("of 120)"), arrays);
    Path images = Files.write(folder.resolve("i.npy"), NumpyFiles.bytes(pixels, IMAGES, 8, 8));
    Path classes = Files.write(folder.resolve("l.npy"), NumpyFiles.integers(labels, IMAGES));
    assertEquals(
        arrays,
        Shell.done(
            "evaluate",
            model.toString(),
            "--data",
            images.toString(),
            "--labels",
            classes.toString(),
            "--part",
            "all"));
    Path one = Files.writeString(folder.resolve("one.csv"), table(1));
    assertTrue(
        Shell.done("evaluate", model.toString(), "--data", one.toString(), "--part", "all")
            .contains("of 1)"));
  }

  /** The model records the range, so that other commands need not be told. */
  @Test
  void remembersTheRange() throws IOException {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = 16 * (pixels[i] & 0xff);
    }
    Path file =
        NumpyFiles.npz(
            folder.resolve("deep.npz"),
            Map.of(
                "x", NumpyFiles.floats(values, IMAGES, 8, 8),
                "y", NumpyFiles.integers(labels, IMAGES)));
    String data = file.toString();
    assertTrue(mistake("--data", data).contains("--range"));
    String model = folder.resolve("model").toString();
    Shell.done("train", "--data", data, "--range", "0:4080", "--out", model, "--epochs", "2");
    String deep = Shell.done("evaluate", model, "--data", data, "--part", "all");
    assertTrue(deep.contains("of 120)"), deep);
    assertEquals(
        deep, Shell.done("evaluate", model, "--data", data, "--range", "0:4080", "--part", "all"));
    String other =
        Shell.mistake("evaluate", model, "--data", data, "--range", "0:9", "--part", "all");
    assertTrue(other.contains("0.0:9.0") && other.contains("4080"), other);
  }

  @Test
  void recognizesSeveralLabels() throws IOException {
    byte[] several = new byte[2 * IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      several[2 * i] = (byte) labels[i];
      several[2 * i + 1] = (byte) (i % 3 == 0 ? 1 : 0);
    }
    Path file =
        NumpyFiles.npz(
            folder.resolve("several.npz"),
            Map.of(
                "x", NumpyFiles.bytes(pixels, IMAGES, 8, 8),
                "y", NumpyFiles.bytes(several, IMAGES, 2)));
    Path model = folder.resolve("model");
    Shell shell = new Shell();
    assertEquals(
        0,
        shell.execute(
            "train", "--data", file.toString(), "--out", model.toString(), "--max-steps", "2"),
        shell.messages());
    assertTrue(shell.messages().contains("Task: multi-label"), shell.messages());
    assertTrue(
        Shell.done("evaluate", model.toString(), "--data", file.toString())
            .contains("label_accuracy"));
  }

  @ParameterizedTest
  @CsvSource({
    "x.parquet, PAR1, Parquet",
    "x.zip, PK\u0003\u0004, unpack",
    "x.dat, abc, NPZ",
    "x.npz, abc, x.npz",
    "x.csv, abc, one column"
  })
  void saysWhatAFileIs(String name, String content, String part) throws IOException {
    Path file = Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
    String message =
        Shell.mistake("train", "--data", file.toString(), "--out", folder.resolve("m").toString());
    assertTrue(message.contains(name) && message.contains(part), message);
  }

  @Test
  void refusesOptionsThatAreForOtherFiles() throws IOException {
    String npz = archive().toString();
    assertTrue(mistake("--data", npz, "--label-column", "last").contains("--label-column"));
    assertTrue(mistake("--data", npz, "--labels", npz).contains("--labels"));
    assertTrue(mistake("--data", npz, "--size", "4").contains("--size"));
    assertTrue(mistake("--data", npz, "--range", "5").contains("5"));
    assertTrue(mistake("--data", npz, "--range", "5:5").contains("5"));
    assertTrue(mistake("--data", "digits", "--range", "0:1").contains("--range"));
    Path npy = Files.write(folder.resolve("i.npy"), NumpyFiles.bytes(pixels, IMAGES, 8, 8));
    assertTrue(mistake("--data", npy.toString()).contains("--labels"));
    Path csv = Files.writeString(folder.resolve("t.csv"), table(3));
    assertTrue(mistake("--data", csv.toString(), "--task", "regression").contains("t.csv"));
    assertTrue(mistake("--data", csv.toString(), "--image-shape", "8").contains("8"));
  }

  private String mistake(String... options) {
    return Shell.mistake(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("train", "--out", folder.resolve("m").toString()),
                java.util.Arrays.stream(options))
            .toArray(String[]::new));
  }
}
