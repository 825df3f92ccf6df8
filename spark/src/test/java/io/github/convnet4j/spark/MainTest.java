package io.github.convnet4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.model.NetworkJson;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README, on few pictures. */
class MainTest {
  private static final int EXAMPLES = 400;

  private record Ended(int exitCode, String out, String err) {}

  private static Ended run(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int exitCode = Main.run(args);
      return new Ended(
          exitCode,
          printed.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static void writeIdx(Path folder, String part, DataSet digits) throws IOException {
    try (DataOutputStream images =
            new DataOutputStream(
                Files.newOutputStream(folder.resolve(part + "-images-idx3-ubyte")));
        DataOutputStream labels =
            new DataOutputStream(
                Files.newOutputStream(folder.resolve(part + "-labels-idx1-ubyte")))) {
      for (int number : new int[] {0x803, digits.size(), 28, 28}) {
        images.writeInt(number);
      }
      labels.writeInt(0x801);
      labels.writeInt(digits.size());
      for (int i = 0; i < digits.size(); i++) {
        images.write(digits.image(i));
        labels.writeByte(digits.label(i));
      }
    }
  }

  private static String network(Path folder) throws IOException {
    Path file = folder.resolve("network.json");
    Files.writeString(file, NetworkJson.standard().write(Digits.NETWORK));
    return file.toString();
  }

  @Test
  void trainsOnFilesLikeThoseOfMnistAndScoresAFolder(@TempDir Path folder) throws IOException {
    Path data = Files.createDirectory(folder.resolve("mnist"));
    writeIdx(data, "train", Digits.TRAIN.take(EXAMPLES));
    writeIdx(data, "t10k", Digits.TEST);
    String model = folder.resolve("model").toString();

    Ended trained = run("train", data.toString(), model, "--epochs", "12", "--batch-size", "20");

    assertEquals(0, trained.exitCode(), trained::err);
    assertTrue(trained.out().contains("epoch 12: cost"), trained::out);
    double accuracy = Double.parseDouble(trained.out().split("test accuracy ", 2)[1]);
    assertTrue(accuracy > 0.8, trained::out);

    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 0; i < 3; i++) {
      Files.write(pictures.resolve(i + ".png"), Digits.png(Digits.TEST, i));
    }
    Files.write(pictures.resolve("3.png"), new byte[] {1, 2, 3});
    Ended scored = run("score", model, pictures.toString());

    assertEquals(0, scored.exitCode(), scored::err);
    List<String> lines = scored.out().lines().toList();
    assertEquals(4, lines.size(), scored::out);
    try (Model<Prediction> same = Model.load(Path.of(model), Prediction.class)) {
      for (int i = 0; i < 3; i++) {
        String expected = same.predictPixels(Digits.TEST.image(i)).className();
        assertTrue(lines.get(i).contains(i + ".png  " + expected + "  0."), scored::out);
      }
    }
    assertFalse(lines.get(3).contains("0."), scored::out);
  }

  @Test
  void foldersOfClassesAndParquetGiveTheSameModel(@TempDir Path folder) throws IOException {
    Path classes = folder.resolve("classes");
    for (int i = 0; i < EXAMPLES; i++) {
      Path of = Files.createDirectories(classes.resolve("digit" + Digits.TRAIN.label(i)));
      Files.write(of.resolve(i + ".png"), Digits.png(Digits.TRAIN, i));
    }
    String table = folder.resolve("digits.parquet").toString();
    try (SparkSession spark = Digits.local(2)) {
      Digits.table(spark, Digits.TRAIN, EXAMPLES, 3)
          .selectExpr("content", "concat('digit', label) as label")
          .write()
          .parquet(table);
    }
    for (String data : List.of(classes.toString(), table)) {
      String model = folder.resolve(data.endsWith("parquet") ? "table" : "folder").toString();
      Ended ended = run("train", data, model, "--network", network(folder), "--epochs", "1");
      assertEquals(0, ended.exitCode(), ended::err);
    }
    try (Model<Prediction> ofFolder = Model.load(folder.resolve("folder"), Prediction.class);
        Model<Prediction> ofTable = Model.load(folder.resolve("table"), Prediction.class)) {
      assertEquals("digit3", ofFolder.classNames().get(3));
      assertEquals(ofFolder.weights(), ofTable.weights());
    }
  }

  @Test
  void wrongArgumentsAreNamed(@TempDir Path folder) throws IOException {
    String model = folder.resolve("model").toString();
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused("score", run("score", model));
    assertRefused("predict", run("predict", "digits", model));
    assertRefused("--epoch", run("train", "digits", model, "--epoch", "1"));
    assertRefused("1.5", run("train", "digits", model, "--epochs", "1.5"));
    assertRefused("lion", run("train", "digits", model, "--optimizer", "lion"));
    assertRefused("nothing-here", run("train", "nothing-here", model));
    assertRefused(model, run("score", model, empty.toString()));
    assertRefused("empty", run("train", "digits", empty.toString()));
    assertRefused("empty", run("train", empty.toString(), model));
    assertFalse(Files.exists(Path.of(model)));
  }

  private static void assertRefused(String part, Ended ended) {
    assertEquals(2, ended.exitCode(), ended::err);
    assertTrue(ended.err().contains("error: ") && ended.err().contains(part), ended::err);
    assertFalse(ended.err().contains("\tat "), ended::err);
  }
}
