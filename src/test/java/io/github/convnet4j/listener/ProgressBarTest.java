package io.github.convnet4j.listener;

import static io.github.convnet4j.initializer.Initializers.zeros;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.TrainingListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/**
 * A network of zeros that hardly learns predicts class 0 for all images, at a cost of ln 2 = 0.6931
 * per image. The clock only advances by the given time per step.
 */
class ProgressBarTest {
  /** 6 of 8 images are of class 0, and 1 of the 2 validation images. */
  private static final DataSet IMAGES =
      DataSet.of(new byte[8], new int[] {0, 0, 0, 0, 1, 0, 1, 0}, Shape.of(1, 1, 1), 2);

  private static final DataSet VALIDATION =
      DataSet.of(new byte[2], new int[] {0, 1}, Shape.of(1, 1, 1), 2);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long now = 5_000_000_000L;

  private static Model<Prediction> model() {
    return Model.of(
        Network.of(Shape.of(1, 1, 1), flatten(), dense(2).kernelInitializer(zeros())),
        Tasks.classification(),
        sgd(1e-20));
  }

  private TrainingListener takes(double seconds) {
    return Tiny.onBatch((training, result) -> now += Math.round(seconds * 1e9));
  }

  private ProgressBar bar(boolean terminal) {
    return ProgressBar.on(out, terminal).clock(() -> now);
  }

  /** Returns all versions of the drawn lines, without the line ends. */
  private List<String> drawn() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    return Arrays.stream(text.split("\r|\\R", -1)).filter(line -> !line.isEmpty()).toList();
  }

  @Test
  void redrawsOneLinePerEpochOnATerminal() {
    try (Model<Prediction> model = model()) {
      model.fit(
          IMAGES,
          FitOptions.epochs(1).batchSize(2).validateOn(VALIDATION).shuffleSeed(1),
          takes(30),
          bar(true));
    }
    assertEquals(
        "\rEpoch 1/1 1/4 [==>.......] 1:30 left 0.1 examples/s cost 0.6931 accuracy 1.0000"
            + "\rEpoch 1/1 2/4 [=====>....] 1:00 left 0.1 examples/s cost 0.6931 accuracy 0.7500"
            + "\rEpoch 1/1 3/4 [=======>..] 0:30 left 0.1 examples/s cost 0.6931 accuracy 0.6667"
            + "\rEpoch 1/1 4/4 [==========] 0:00 left 0.1 examples/s cost 0.6931 accuracy 0.7500"
            + "\rEpoch 1/1: 2:00, 0.1 examples/s, cost 0.6931, accuracy 0.7500,"
            + " val_loss 0.6931, val_accuracy 0.5000"
            + System.lineSeparator(),
        bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void printsOnePlainLinePerEpochElsewhere() {
    try (Model<Prediction> model = model()) {
      model.fit(
          IMAGES, FitOptions.epochs(10).batchSize(8).validateOn(VALIDATION), takes(2), bar(false));
      List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
      assertEquals(10, lines.size());
      assertEquals(
          "Epoch  1/10: 0:02, 4.0 examples/s, cost 0.6931, accuracy 0.7500,"
              + " val_loss 0.6931, val_accuracy 0.5000",
          lines.get(0));
      bytes.reset();
      model.fit(IMAGES, FitOptions.epochs(1).batchSize(4), takes(2000), bar(false));
      assertEquals(
          "Epoch 11/11: 1:06:40, 0.0 examples/s, cost 0.6931, accuracy 0.7500"
              + System.lineSeparator(),
          bytes.toString(StandardCharsets.UTF_8));
    }
  }

  /**
   * 8 steps of 40 ms: drawn after the first, the fourth (3 * 40 >= 100), the seventh and the last.
   */
  @Test
  void redrawsAtMostTenTimesPerSecond() {
    try (Model<Prediction> model = model()) {
      model.fit(IMAGES, FitOptions.epochs(1).batchSize(1), takes(0.04), bar(true));
    }
    assertEquals(
        List.of("1/8", "4/8", "7/8", "8/8"),
        drawn().stream().limit(4).map(line -> line.split(" ", -1)[2]).toList());
  }

  @Test
  void isNeverAsWideAsTheTerminal() {
    for (int width : List.of(40, 60, 80, 200)) {
      bytes.reset();
      try (Model<Prediction> model = model()) {
        model.fit(IMAGES, FitOptions.epochs(1).batchSize(1), takes(1), bar(true).width(width));
      }
      List<String> live = drawn().subList(0, 8);
      live.forEach(line -> assertTrue(line.length() < width, line));
    }
    assertEquals(
        drawn().get(7).length(), drawn().get(8).length(), "spaces cover the rest of the bar");
    assertTrue(drawn().get(3).contains("[===============>..............]"), drawn().get(3));
  }

  @Test
  void endsTheLineOfAnEpochThatWasStopped() {
    try (Model<Prediction> model = model()) {
      model.fit(
          IMAGES,
          FitOptions.epochs(2).batchSize(4),
          takes(1),
          bar(true),
          Tiny.onBatch((training, result) -> training.stop()));
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.startsWith("\rEpoch 1/2 1/2 ["), text);
    assertTrue(text.endsWith(System.lineSeparator()), text);
    assertEquals(1, text.lines().filter(line -> !line.isEmpty()).count());
  }

  @Test
  void withoutEpochLinesErasesTheLineWhenTheEpochEnds() {
    try (Model<Prediction> model = model()) {
      model.fit(
          IMAGES,
          FitOptions.epochs(2).batchSize(8),
          takes(2),
          bar(true).withoutEpochLines().width(60));
    }
    List<String> drawn = drawn();
    assertEquals(4, drawn.size(), drawn::toString);
    assertTrue(drawn.get(0).startsWith("Epoch 1/2 1/1 ["), drawn::toString);
    assertEquals(" ".repeat(drawn.get(0).length()), drawn.get(1));
    assertTrue(drawn.get(2).startsWith("Epoch 2/2 1/1 ["), drawn::toString);
    assertEquals(" ".repeat(drawn.get(2).length()), drawn.get(3));
    assertTrue(bytes.toString(StandardCharsets.UTF_8).endsWith(" \r"));
  }

  @Test
  void withoutEpochLinesErasesTheLineOfAnEpochThatWasStopped() {
    try (Model<Prediction> model = model()) {
      model.fit(
          IMAGES,
          FitOptions.epochs(2).batchSize(4),
          takes(1),
          bar(true).withoutEpochLines(),
          Tiny.onBatch((training, result) -> training.stop()));
    }
    assertEquals(
        List.of(),
        bytes
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("Epoch") && !line.contains("["))
            .toList());
    assertTrue(bytes.toString(StandardCharsets.UTF_8).endsWith(" \r"));
  }

  @Test
  void withoutEpochLinesShowsNothingElsewhere() {
    try (Model<Prediction> model = model()) {
      model.fit(
          IMAGES, FitOptions.epochs(3).batchSize(4), takes(1), bar(false).withoutEpochLines());
    }
    assertEquals("", bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void refusesATerminalThatIsTooNarrow() {
    assertEquals(
        "width must be at least 40 columns: 39",
        assertThrows(IllegalArgumentException.class, () -> bar(true).width(39)).getMessage());
  }
}
