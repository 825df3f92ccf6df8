package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.ExampleParts;
import io.github.convnet4j.files.MaskFolder;
import io.github.convnet4j.files.TargetFolder;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.loss.SoftmaxCrossEntropy;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.task.Coordinates;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.MultiLabel;
import io.github.convnet4j.task.Regression;
import io.github.convnet4j.task.Segmentation;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** The commands for labels, numbers and masks, on forty pictures of 8x8 pixels. */
class TasksTest {
  private static final int COUNT = 40;
  private static final int SIDE = 8;

  @TempDir private Path folder;
  private Path numbers;
  private Path labels;
  private Path masks;
  private Path out;

  /** Each picture is dark on the left and light on the right; the border's position varies. */
  @BeforeEach
  void draw() throws IOException {
    numbers = folder.resolve("numbers");
    labels = folder.resolve("labels");
    masks = folder.resolve("masked");
    out = folder.resolve("model");
    StringBuilder sizes = new StringBuilder("file,border,area\n");
    StringBuilder ticks = new StringBuilder("file,wide,even\n");
    for (int i = 0; i < COUNT; i++) {
      int border = 1 + i % (SIDE - 1);
      byte[] pixels = new byte[SIDE * SIDE];
      byte[] mask = new byte[SIDE * SIDE];
      for (int p = 0; p < pixels.length; p++) {
        boolean light = p % SIDE >= border;
        pixels[p] = (byte) (light ? 250 - i : i);
        mask[p] = (byte) (p == 0 ? 255 : light ? 1 : 0);
      }
      String name = "%02d.png".formatted(i);
      Shell.picture(numbers.resolve(name), SIDE, SIDE, pixels);
      Shell.picture(labels.resolve(name), SIDE, SIDE, pixels);
      Shell.picture(masks.resolve("images").resolve(name), SIDE, SIDE, pixels);
      Shell.picture(masks.resolve("masks").resolve(name), SIDE, SIDE, mask);
      sizes.append("%s,%d,%d\n".formatted(name, border, 1000 * border));
      ticks.append("%s,%d,%d\n".formatted(name, border < 4 ? 1 : 0, (border + 1) % 2));
    }
    Files.writeString(folder.resolve("sizes.csv"), sizes);
    Files.writeString(labels.resolve("targets.csv"), ticks);
  }

  @Test
  void trainsEvaluatesAndPredictsNumbers() throws IOException {
    Shell shell = train(numbers, "--targets=" + table(), "--epochs=2");
    assertTrue(shell.messages().contains("Task: regression"), shell.messages());
    String report = Shell.done("evaluate", model(), "--data=" + numbers, "--targets=" + table());
    JsonNode json =
        json("evaluate", model(), "--data=" + numbers, "--targets=" + table(), "--json");
    try (Model<float[]> model = Model.load(out, float[].class)) {
      assertEquals(
          List.of("border", "area"),
          assertInstanceOf(Regression.class, model.tasks().get(0).task()).targetNames());
      ExampleParts parts = TargetFolder.of(numbers, Path.of(table())).read();
      Scores scores = model.evaluate(parts.test(), Metrics.r2());
      assertTrue(report.startsWith("loss %.4f, mean_absolute_error ".formatted(scores.loss())));
      assertEquals(scores.loss(), json.get("loss").doubleValue());
      assertEquals(parts.test().size(), json.get("images").intValue());
      JsonNode targets = json.get("targets");
      assertEquals("area", targets.get(1).get("name").textValue());
      double r2 = (targets.get(0).get("r2").doubleValue() + targets.get(1).get("r2").doubleValue());
      assertEquals(scores.value("r2"), r2 / 2, 1e-9);

      Path picture = numbers.resolve("07.png");
      float[] predicted = model.predict(picture);
      assertEquals(
          String.format(
              Locale.ROOT, "%s  border %.4f  area %.4f\n", picture, predicted[0], predicted[1]),
          Shell.done("predict", model(), picture.toString()));
      JsonNode answer = json("predict", model(), picture.toString(), "--json").get(0);
      assertEquals(predicted[1], answer.get("targets").get("area").floatValue());
    }
    assertTrue(report.lines().anyMatch(line -> line.startsWith("border  ")), report);
    assertTrue(Shell.done("summary", model()).endsWith("Targets: border, area\n"));
  }

  /** The default network starts at the scale of each number, so it need not learn it first. */
  @Test
  void numbersOfAnyScaleAreLearned() throws IOException {
    train(
        numbers, "--targets=" + table(), "--epochs=30", "--batch-size=8", "--learning-rate=0.003");
    JsonNode json =
        json(
            "evaluate",
            model(),
            "--data=" + numbers,
            "--targets=" + table(),
            "--part=train",
            "--json");
    for (JsonNode target : json.get("targets")) {
      assertTrue(target.get("r2").doubleValue() > 0.8, json.toString());
    }
  }

  @Test
  void trainsEvaluatesAndPredictsLabels() throws IOException {
    Shell shell = train(labels, "--epochs=2", "--metrics=label_f1");
    assertTrue(shell.messages().contains("Task: multi-label"), shell.messages());
    assertTrue(shell.out().contains("label_f1"), shell.out());
    JsonNode json = json("evaluate", model(), "--data=" + labels, "--json", "--part=all");
    String report = Shell.done("evaluate", model(), "--data=" + labels, "--metrics=label_roc_auc");
    assertTrue(report.lines().findFirst().orElseThrow().contains("label_roc_auc"), report);
    assertTrue(report.contains("macro avg"), report);
    try (Model<LabelPrediction> model = Model.load(out, LabelPrediction.class)) {
      assertEquals(
          List.of("wide", "even"),
          assertInstanceOf(MultiLabel.class, model.tasks().get(0).task()).labelNames());
      Scores scores =
          model.evaluate(
              TargetFolder.of(labels).read().all(), Metrics.labelF1(), Metrics.exactMatch());
      assertEquals(scores.value("exact_match"), json.get("exactMatch").doubleValue(), 1e-12);
      assertEquals(
          scores.value("label_f1"), json.get("macroAverage").get("f1").doubleValue(), 1e-12);
      assertEquals(
          IntStream.range(0, COUNT).filter(i -> 1 + i % 7 < 4).count(),
          json.get("labels").get(0).get("support").longValue());

      Path picture = labels.resolve("03.png");
      LabelPrediction predicted = model.predict(picture);
      String line = Shell.done("predict", model(), picture.toString());
      assertEquals(
          predicted.labels().isEmpty(), line.equals(picture + "  none\n"), line + predicted);
      predicted.labels().forEach(label -> assertTrue(line.contains("  " + label + " "), line));
      String all = Shell.done("predict", model(), picture.toString(), "--top=2");
      assertTrue(all.contains("  wide ") && all.contains("  even "), all);
      JsonNode likely = json("predict", model(), picture.toString(), "--json", "--top=1").get(0);
      float largest = Math.max(predicted.probability("wide"), predicted.probability("even"));
      assertEquals(largest, likely.get("labels").get(0).get("probability").floatValue());
    }
  }

  @Test
  void zerosAndOnesAreNumbersIfTheUserSaysSo() {
    train(labels, "--task=regression", "--columns=even", "--max-steps=1");
    try (Model<?> model = Model.load(out)) {
      assertEquals(Tasks.regression("even"), model.tasks().get(0).task());
    }
  }

  @Test
  void pointsMoveWithThePicturesIfTheUserSaysWhatTheyAre() {
    String targets = "--targets=" + table();
    Shell plain = train(numbers, targets, "--max-steps=1", "--augment=flip");
    assertTrue(plain.messages().contains("give --boxes or --points"), plain.messages());
    out = folder.resolve("points");
    Shell shell = train(numbers, targets, "--max-steps=1", "--augment=flip", "--points=pixels");
    assertFalse(shell.messages().contains("give --boxes"), shell.messages());
    try (Model<?> model = Model.load(out)) {
      assertEquals(
          Tasks.regression("border", "area").points(Coordinates.Unit.PIXELS),
          model.tasks().get(0).task());
    }
    String message = Shell.mistake(command(numbers, targets, "--boxes=fractions"));
    assertTrue(message.startsWith("--boxes: ") && message.endsWith("there are 2"), message);
  }

  @Test
  void trainsEvaluatesAndPredictsTheClassOfEachPixel() throws IOException {
    Shell shell =
        train(
            masks,
            "--unlabeled=255",
            "--class-names=dark,light",
            "--epochs=12",
            "--learning-rate=0.01");
    assertTrue(shell.messages().contains("Task: segmentation"), shell.messages());
    String report = Shell.done("evaluate", model(), "--data=" + masks, "--part=all");
    JsonNode json = json("evaluate", model(), "--data=" + masks, "--part=all", "--json");
    Path written = folder.resolve("predicted/masks");
    Path picture = masks.resolve("images/07.png");
    String line = Shell.done("predict", model(), picture.toString(), "--out=" + written);
    try (Model<SegmentedImage> model = Model.load(out, SegmentedImage.class)) {
      Segmentation task = assertInstanceOf(Segmentation.class, model.tasks().get(0).task());
      assertEquals(List.of("dark", "light"), task.classNames());
      assertEquals(255, task.unlabeled());
      Scores scores = model.evaluate(MaskFolder.of(masks).unlabeled(255).read().all());
      assertTrue(report.startsWith(scores + "\n"), report);
      assertEquals(COUNT * (SIDE * SIDE - 1), json.get("pixels").intValue());
      double mean =
          (json.get("classes").get(0).get("iou").doubleValue()
                  + json.get("classes").get(1).get("iou").doubleValue())
              / 2;
      assertEquals(scores.value("mean_iou"), mean, 1e-12);
      assertTrue(mean > 0.8, report);

      SegmentedImage predicted = model.predict(picture);
      String share =
          String.format(Locale.ROOT, "dark %.4f", predicted.pixels(0) / (double) (SIDE * SIDE));
      assertTrue(line.startsWith(picture + "  ") && line.contains("  " + share), line);
      // The masks that predict writes are masks that train reads.
      Path images = Files.createDirectories(folder.resolve("predicted/images"));
      Files.copy(picture, images.resolve("07.png"));
      ExampleParts again = MaskFolder.of(folder.resolve("predicted")).read();
      float[] read = again.all().read(0).target();
      int[] expected = predicted.classes();
      assertArrayEquals(
          expected, IntStream.range(0, read.length).map(i -> (int) read[i]).toArray());
    }
    assertTrue(Shell.done("summary", model()).endsWith("Classes: dark, light\n"));
  }

  @Test
  void aMaskHasTheSizeOfItsPicture() {
    train(masks, "--unlabeled=255", "--max-steps=1", "--size=16x9");
    byte[] pixels = new byte[11 * 30];
    Path picture = Shell.picture(folder.resolve("wide.png"), 11, 30, pixels);
    Path written = folder.resolve("new");
    Shell.done("predict", model(), picture.toString(), "--out=" + written);
    Picture mask = Picture.read(written.resolve("wide.png"));
    assertEquals(11, mask.height());
    assertEquals(30, mask.width());
  }

  @Test
  void predictNeitherReplacesFilesNorMixesUpMasks() throws IOException {
    train(masks, "--unlabeled=255", "--max-steps=1");
    String picture = masks.resolve("images/00.png").toString();
    byte[] before = Files.readAllBytes(Path.of(picture));
    String message = Shell.mistake("predict", model(), picture, "--out=" + masks + "/images");
    assertTrue(message.startsWith("--out: " + picture), message);
    assertArrayEquals(before, Files.readAllBytes(Path.of(picture)));
    String other = numbers.resolve("00.png").toString();
    Path fresh = folder.resolve("fresh");
    message = Shell.mistake("predict", model(), picture, other, "--out=" + fresh);
    assertTrue(message.contains(picture) && message.contains(other), message);
    assertFalse(Files.exists(fresh));
    message = Shell.mistake("predict", model(), picture, "--out=" + table());
    assertTrue(message.startsWith("--out must be a folder"), message);
    message = Shell.mistake("predict", model(), picture, "--top=1");
    assertTrue(message.startsWith("--top ") && message.contains("segmentation"), message);
  }

  @Test
  void balancedWeightsFollowFromThePixelsOfEachClass() {
    train(
        masks,
        "--unlabeled=255",
        "--class-weights=balanced",
        "--label-smoothing=0.1",
        "--max-steps=1");
    try (Model<?> model = Model.load(out)) {
      SoftmaxCrossEntropy loss =
          assertInstanceOf(SoftmaxCrossEntropy.class, model.tasks().get(0).task().loss());
      assertEquals(0.1, loss.labelSmoothing());
      long[] pixels = new long[2];
      ExampleParts parts = MaskFolder.of(masks).unlabeled(255).read();
      for (int i = 0; i < parts.train().size(); i++) {
        for (float number : parts.train().read(i).target()) {
          if (number < 2) {
            pixels[(int) number]++;
          }
        }
      }
      double all = pixels[0] + pixels[1];
      for (int c = 0; c < 2; c++) {
        assertEquals(all / 2 / pixels[c], loss.classWeights().get(c), 1e-6);
      }
    }
  }

  /** For each task, a run that is cut off and resumed ends with the same model. */
  @ParameterizedTest
  @ValueSource(strings = {"numbers", "labels", "masked"})
  void interruptedTrainingResumesWithTheSameCommand(String data) {
    String[] options =
        (data.equals("numbers") ? "--targets=" + table() + " " : "")
            .concat(data.equals("masked") ? "--unlabeled=255 " : "")
            .concat("--epochs=3 --normalize --early-stopping=2 --batch-size=8 --monitor=")
            .concat(data.equals("numbers") ? "val_r2" : data.equals("labels") ? "cost" : "val_dice")
            .split(" ");
    train(folder.resolve(data), options);
    List<float[]> whole = weights();
    String checkpoints = "--checkpoints=" + folder.resolve("checkpoints");
    out = folder.resolve("other");
    train(folder.resolve(data), with(options, checkpoints, "--max-steps=5"));
    assertFalse(equal(whole, weights()));
    Shell shell = train(folder.resolve(data), with(options, checkpoints));
    assertTrue(shell.messages().contains("Resuming from "), shell.messages());
    assertTrue(equal(whole, weights()));
  }

  @Test
  void refusesCheckpointsOfAnotherTask() {
    String checkpoints = "--checkpoints=" + folder.resolve("checkpoints");
    train(labels, checkpoints, "--max-steps=1");
    for (String other : List.of("--task=regression", "--columns=wide")) {
      String message =
          Shell.mistake("train", "--data=" + labels, "--out=" + out, checkpoints, other);
      assertTrue(message.startsWith("--checkpoints: "), message);
      assertTrue(message.contains("task"), message);
    }
  }

  @Test
  void keepsTheBestEpochByAnyValue() throws IOException {
    Path best = folder.resolve("best");
    String[] options = {
      "--targets=" + table(), "--epochs=4", "--best=" + best, "--monitor=val_r2", "--batch-size=8"
    };
    train(numbers, options);
    try (Model<?> kept = Checkpoints.latest(best, line -> {}).orElseThrow();
        Model<?> last = Model.load(out)) {
      double largest =
          last.history().epochs().stream()
              .mapToDouble(epoch -> epoch.value("val_r2"))
              .max()
              .orElseThrow();
      assertEquals(largest, kept.history().last().value("val_r2"));
    }
    String message = Shell.mistake(command(numbers, options));
    assertTrue(message.startsWith("--best: " + best), message);
    message =
        Shell.mistake(
            command(numbers, with(options, "--checkpoints=" + folder.resolve("x/../best"))));
    assertTrue(message.contains("--checkpoints") && message.contains("--best"), message);
    try (Stream<Path> inFolder = Files.list(best)) {
      assertEquals(1, inFolder.filter(Files::isDirectory).count());
    }
  }

  @Test
  void validationIsAFolderAShareOrNone() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    for (String name : List.of("00.png", "01.png")) {
      Files.copy(labels.resolve(name), other.resolve(name));
    }
    String message = Shell.mistake(command(labels, "--max-steps=1", "--validation=" + other));
    assertTrue(message.startsWith(other + " has no file targets.csv"), message);
    Files.writeString(other.resolve("targets.csv"), "even,file,wide\n1,00.png,0\n1,01.png,1\n");
    assertEquals(2, validated(labels, "--validation=" + other));
    assertEquals(9, validated(labels, "--validation=0.25"));
    train(labels, "--validation=none", "--early-stopping=1", "--monitor=cost", "--epochs=1");

    Path more = folder.resolve("more");
    Shell.picture(more.resolve("images/a.png"), SIDE, SIDE, new byte[SIDE * SIDE]);
    Shell.picture(more.resolve("masks/a.png"), SIDE, SIDE, new byte[SIDE * SIDE]);
    assertEquals(1, validated(masks, "--unlabeled=255", "--validation=" + more));
    Path large = folder.resolve("large");
    Shell.picture(large.resolve("images/a.png"), 9, 9, new byte[81]);
    Shell.picture(large.resolve("masks/a.png"), 9, 9, new byte[81]);
    message = Shell.mistake(command(masks, "--unlabeled=255", "--validation=" + large));
    assertTrue(message.startsWith("--validation: ") && message.contains("9x9"), message);
  }

  private long validated(Path data, String... options) {
    train(data, with(options, "--epochs=1"));
    try (Model<?> model = Model.load(out)) {
      return model.history().last().validation().orElseThrow().examples();
    }
  }

  @Test
  void summaryWritesTheNetworkThatTrainChooses() throws IOException {
    for (Path data : List.of(numbers, labels, masks)) {
      Path file = folder.resolve(data.getFileName() + ".json");
      String[] options =
          data.equals(numbers)
              ? new String[] {"--targets=" + table()}
              : data.equals(masks) ? new String[] {"--unlabeled=255"} : new String[0];
      Shell.done(with(new String[] {"summary", "--data=" + data, "--write=" + file}, options));
      train(data, with(options, "--max-steps=1"));
      try (Model<?> model = Model.load(out)) {
        assertEquals(model.network(), Network.fromJson(Files.readString(file)));
      }
      train(data, with(options, "--max-steps=1", "--network=" + file));
    }
  }

  @Test
  void refusesANetworkThatDoesNotFitTheTask() throws IOException {
    Path one = folder.resolve("one.json");
    Network network = Network.of(Shape.of(SIDE, SIDE, 1), Layers.flatten(), Layers.dense(1));
    Files.writeString(one, network.toJson());
    String message = Shell.mistake(command(labels, "--network=" + one));
    assertTrue(message.startsWith("--network: ") && message.contains("2 labels"), message);
    message = Shell.mistake(command(numbers, "--targets=" + table(), "--network=" + one));
    assertTrue(message.contains("[1]") && message.contains("2 targets"), message);
    message = Shell.mistake(command(masks, "--unlabeled=255", "--network=" + one));
    assertTrue(message.contains("[8, 8, 2]"), message);
    train(labels, "--columns=wide", "--network=" + one, "--max-steps=1");
  }

  @Test
  void refusesMetricsOfOtherTasks() {
    train(labels, "--max-steps=1");
    String message = Shell.mistake("evaluate", model(), "--data=" + labels, "--metrics=accuracy");
    assertTrue(message.startsWith("--metrics: accuracy") && message.contains("label_f1"), message);
    message = Shell.mistake(command(labels, "--metrics=mean_iou"));
    assertTrue(message.startsWith("--metrics: mean_iou"), message);
    message = Shell.mistake(command(labels, "--best=" + folder.resolve("b"), "--monitor=val_f1"));
    assertTrue(message.startsWith("--monitor: f1"), message);
    message =
        Shell.mistake(
            command(numbers, "--targets=" + table(), "--early-stopping=1", "--monitor=roc_auc"));
    assertTrue(message.startsWith("--monitor: roc_auc") && message.contains("r2"), message);
  }

  @Test
  void evaluateNeedsDataForTheModelsTask() {
    train(labels, "--max-steps=1");
    String message = Shell.mistake("evaluate", model(), "--data=digits");
    assertTrue(message.startsWith("--data ") && message.contains("--targets"), message);
    message = Shell.mistake("evaluate", model(), "--data=" + numbers);
    assertTrue(message.startsWith(numbers + " has no file targets.csv"), message);
    message = Shell.mistake("evaluate", model(), "--data=" + numbers, "--targets=" + table());
    assertTrue(message.contains("no column wide") && message.contains("border"), message);
    message = Shell.mistake("predict", model(), numbers + "/00.png", "--out=" + folder);
    assertTrue(message.startsWith("--out ") && message.contains("multi-label"), message);
  }

  @Test
  void modelsOfOtherKindsAreRefusedInOneSentence() {
    Network image = Network.of(Shape.of(SIDE, SIDE, 1), Layers.conv2d(1, 3));
    Network vector = Network.of(Shape.of(4), Layers.dense(2));
    try (Model<?> reconstructing = Model.of(image, Tasks.reconstruction(), Optimizers.adam(0.01))) {
      reconstructing.save(out);
    }
    refusedButDescribed("Reconstruction");
    try (Model<?> numbersOnly = Model.of(vector, Tasks.classification(), Optimizers.adam(0.01))) {
      numbersOnly.save(out);
    }
    refusedButDescribed("[4]");
    try (Model<?> several =
        Model.of(
            vector,
            Tasks.all(Tasks.output("output", Tasks.classification("a", "b"))),
            Optimizers.adam(0.01))) {
      several.save(out);
    }
    refusedButDescribed("[4]");
  }

  private void refusedButDescribed(String what) {
    for (String[] command :
        new String[][] {
          {"evaluate", model(), "--data=" + labels},
          {"predict", model(), labels + "/00.png"},
          {"report", model(), "--data=" + labels, "--out=" + folder + "/r.html"}
        }) {
      String message = Shell.mistake(command);
      assertTrue(message.startsWith(out + " ") && message.contains(what), message);
    }
    assertTrue(Shell.done("summary", model()).contains("Trained: 0 epochs"));
    Path exported = folder.resolve("exported" + System.nanoTime());
    Shell.done("export", model(), exported.toString());
    assertTrue(Files.exists(exported.resolve("saved_model.pb")));
  }

  @Test
  void reportsOnEveryTask() throws IOException {
    Path page = folder.resolve("report.html");
    train(numbers, "--targets=" + table(), "--max-steps=1");
    Shell.done("report", model(), "--data=" + numbers, "--targets=" + table(), "--out=" + page);
    assertTrue(Files.readString(page).contains("border"));
    train(masks, "--unlabeled=255", "--class-names=dark,light", "--max-steps=1");
    Shell.done("report", model(), "--data=" + masks, "--out=" + page, "--title=Two sides");
    assertTrue(Files.readString(page).contains("Two sides"));
  }

  /** Trains without showing progress; the command must succeed. */
  private Shell train(Path data, String... options) {
    Shell shell = new Shell();
    assertEquals(0, shell.execute(command(data, options)), shell.messages());
    return shell;
  }

  private String[] command(Path data, String... options) {
    return with(
        new String[] {"train", "--data=" + data, "--out=" + out, "--progress=none"}, options);
  }

  private static String[] with(String[] command, String... options) {
    return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
  }

  private String table() {
    return folder.resolve("sizes.csv").toString();
  }

  private String model() {
    return out.toString();
  }

  private static JsonNode json(String... command) throws IOException {
    return new ObjectMapper().readTree(Shell.done(command));
  }

  private List<float[]> weights() {
    try (Model<?> model = Model.load(out)) {
      return model.weightNames().stream().map(model::weights).toList();
    }
  }

  private static boolean equal(List<float[]> a, List<float[]> b) {
    return IntStream.range(0, a.size()).allMatch(i -> Arrays.equals(a.get(i), b.get(i)));
  }
}
