package io.github.convnet4j.tensorboard;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;

/** Trains on 300 of the bundled digits, with 15 steps per epoch. */
class TensorBoardListenerTest {
  private static final DataSets DIGITS = BundledDigits.read();
  private static final DataSet IMAGES = DIGITS.train().subset(0, 300);
  private static final FitOptions TWO_EPOCHS =
      epochs(2).batchSize(20).validateOn(DIGITS.validation());

  /** Records the costs of all steps. */
  private static final class Costs implements TrainingListener {
    private final List<Float> costs = new ArrayList<>();

    @Override
    public void batchEnd(Training training, BatchResult result) {
      costs.add((float) result.cost());
    }
  }

  @TempDir Path folder;

  private Path train() {
    return folder.resolve("train");
  }

  private Path validation() {
    return folder.resolve("validation");
  }

  private static Model<Prediction> model() {
    Network network =
        Network.of(
            Shape.of(28, 28, 1),
            conv2d(4, 3),
            batchNorm(),
            relu(),
            maxPool(4),
            flatten(),
            dense(10));
    return Model.of(network, Tasks.classification(), Optimizers.adam(0.01), ModelOptions.seed(777));
  }

  private static Set<String> tags(Path run) {
    return EventReader.values(run).stream()
        .map(v -> v.value().getTag())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static float scalar(double value) {
    return (float) value;
  }

  @Test
  void scalarsEqualTheHistory() {
    Costs costs = new Costs();
    History history;
    try (Model<Prediction> model = model()) {
      history =
          model.fit(
              IMAGES,
              TWO_EPOCHS,
              costs,
              TensorBoardListener.into(folder).batchCostEvery(4).mistakes(0));
    }
    assertEquals(30, costs.costs.size());
    assertEquals(
        List.of(4L, 8L, 12L, 16L, 20L, 24L, 28L), EventReader.steps(train(), "batch/cost"));
    assertEquals(
        List.of(3, 7, 11, 15, 19, 23, 27).stream().map(costs.costs::get).toList(),
        EventReader.scalars(train(), "batch/cost"));

    List<EpochResult> epochs = history.epochs();
    check(train(), "epoch/loss", epochs.stream().map(e -> scalar(e.cost())).toList());
    check(train(), "epoch/accuracy", epochs.stream().map(e -> scalar(e.accuracy())).toList());
    check(train(), "epoch/learning_rate", List.of(0.01f, 0.01f));
    check(
        validation(),
        "epoch/loss",
        epochs.stream().map(e -> scalar(e.validation().orElseThrow().loss())).toList());
    check(
        validation(),
        "epoch/accuracy",
        epochs.stream().map(e -> scalar(e.validation().orElseThrow().accuracy())).toList());
    assertEquals(List.of(1L, 2L), EventReader.steps(train(), "epoch/examples_per_second"));
    assertTrue(
        EventReader.scalars(train(), "epoch/examples_per_second").stream().allMatch(v -> v > 0));
  }

  private static void check(Path run, String tag, List<Float> expected) {
    assertEquals(List.of(1L, 2L), EventReader.steps(run, tag), tag);
    assertEquals(expected, EventReader.scalars(run, tag), tag);
  }

  @Test
  void logsHistogramsOfTrainableVariablesBeforeTrainingAndAfterEachEpoch() {
    float[] last;
    try (Model<Prediction> model = model()) {
      model.fit(IMAGES, TWO_EPOCHS, TensorBoardListener.into(folder).mistakes(0));
      last = model.weights("conv2d/kernel");
    }
    Set<String> weights = tags(train());
    weights.removeIf(tag -> !tag.startsWith("weights/"));
    assertEquals(
        Set.of(
            "weights/conv2d/kernel",
            "weights/conv2d/bias",
            "weights/batch_norm/gamma",
            "weights/batch_norm/beta",
            "weights/dense/kernel",
            "weights/dense/bias"),
        weights);
    for (String tag : weights) {
      assertEquals(List.of(0L, 1L, 2L), EventReader.steps(train(), tag), tag);
    }
    HistogramProto first =
        EventReader.values(train(), "weights/batch_norm/gamma").get(0).value().getHisto();
    assertEquals(4, first.getNum());
    assertEquals(4, first.getSum()); // Every gamma is initialized to 1.
    assertEquals(
        ExponentialHistogram.of(last),
        EventReader.values(train(), "weights/conv2d/kernel").get(2).value().getHisto());
  }

  @Test
  void logsTheFiltersAndTheMistakesOfEachEpoch() throws IOException {
    BufferedImage filters;
    Optional<BufferedImage> mistakes;
    try (Model<Prediction> model = model()) {
      model.fit(IMAGES, TWO_EPOCHS, TensorBoardListener.into(folder).mistakes(3));
      filters =
          FilterPicture.of(model.network().parameters().get(0), model.weights("conv2d/kernel"));
      mistakes = MistakePicture.of(model, DIGITS.validation(), 3);
    }
    assertEquals(List.of(0L, 1L, 2L), EventReader.steps(train(), "filters/conv2d/kernel"));
    assertSame(filters, image(train(), "filters/conv2d/kernel", 2));
    assertEquals(List.of(1L, 2L), EventReader.steps(validation(), "mistakes"));
    assertSame(mistakes.orElseThrow(), image(validation(), "mistakes", 1));
  }

  private static BufferedImage image(Path run, String tag, int index) throws IOException {
    Summary.Image image = EventReader.values(run, tag).get(index).value().getImage();
    return ImageIO.read(new ByteArrayInputStream(image.getEncodedImageString().toByteArray()));
  }

  private static void assertSame(BufferedImage expected, BufferedImage actual) {
    assertEquals(expected.getWidth(), actual.getWidth());
    assertEquals(expected.getHeight(), actual.getHeight());
    int w = expected.getWidth();
    int h = expected.getHeight();
    assertArrayEquals(
        expected.getRGB(0, 0, w, h, null, 0, w), actual.getRGB(0, 0, w, h, null, 0, w));
  }

  @Test
  void everythingExceptTheScalarsOfEpochsCanBeTurnedOff() {
    try (Model<Prediction> model = model()) {
      model.fit(
          DIGITS.validation(),
          epochs(1),
          TensorBoardListener.into(folder)
              .histograms(false)
              .filters(false)
              .batchCostEvery(0)
              .mistakes(0));
    }
    assertEquals(
        Set.of("epoch/accuracy", "epoch/loss", "epoch/examples_per_second", "epoch/learning_rate"),
        tags(train()));
    assertEquals(List.of(train()), EventReader.files(folder)); // There was no validation.
  }

  @Test
  void anEpochOfOneStepHasNoSpeed() {
    try (Model<Prediction> model = model()) {
      model.fit(DIGITS.validation(), epochs(1).batchSize(128), TensorBoardListener.into(folder));
    }
    assertEquals(List.of(), EventReader.steps(train(), "epoch/examples_per_second"));
  }

  @Test
  void continuedTrainingAddsFilesThatContinueTheCharts() {
    TensorBoardListener listener = TensorBoardListener.into(folder);
    try (Model<Prediction> model = model()) {
      model.fit(IMAGES, epochs(1).batchSize(20), listener);
      model.fit(IMAGES, epochs(1).batchSize(20), listener);
    }
    assertEquals(2, EventReader.files(train()).size());
    assertEquals(List.of(1L, 2L), EventReader.steps(train(), "epoch/loss"));
    assertEquals(List.of(10L, 20L, 30L), EventReader.steps(train(), "batch/cost"));
    assertEquals(List.of(0L, 1L, 2L), EventReader.steps(train(), "weights/dense/bias"));
  }

  @Test
  void keepsWhatWasWrittenIfAnotherListenerThrows() {
    TrainingListener throwing =
        new TrainingListener() {
          @Override
          public void batchEnd(Training training, BatchResult result) {
            if (result.epoch() == 2 && result.batch() == 8) {
              throw new IllegalStateException("enough");
            }
          }
        };
    try (Model<Prediction> model = model()) {
      TensorBoardListener listener = TensorBoardListener.into(folder);
      assertThrows(
          IllegalStateException.class, () -> model.fit(IMAGES, TWO_EPOCHS, listener, throwing));
    }
    assertEquals(List.of(1L), EventReader.steps(train(), "epoch/loss"));
    assertEquals(List.of(10L, 20L), EventReader.steps(train(), "batch/cost"));
  }

  @Test
  void refusesAFolderThatCannotBeCreatedBeforeTheFirstStep() throws IOException {
    Path file = Files.createFile(folder.resolve("logs"));
    try (Model<Prediction> model = model()) {
      TensorBoardListener listener = TensorBoardListener.into(file);
      String message =
          assertThrows(StoreException.class, () -> model.fit(IMAGES, TWO_EPOCHS, listener))
              .getMessage();
      assertTrue(message.contains(file.toString()), message);
      assertEquals(0, model.stepsTrained());
    }
  }

  @Test
  void refusesNegativeNumbers() {
    TensorBoardListener listener = TensorBoardListener.into(folder);
    assertEquals(
        "batchCostEvery must be at least 0: -1",
        assertThrows(IllegalArgumentException.class, () -> listener.batchCostEvery(-1))
            .getMessage());
    assertEquals(
        "mistakes must be at least 0: -1",
        assertThrows(IllegalArgumentException.class, () -> listener.mistakes(-1)).getMessage());
  }
}
