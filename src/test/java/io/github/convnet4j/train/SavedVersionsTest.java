package io.github.convnet4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.listener.ReduceOnPlateau;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions.LastBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/**
 * Models that older versions of this library saved. The folders in {@code saved} were written by
 * the last releases with the format versions 1, 2 and 3. The JSON file next to each holds what that
 * release itself computed: the state at the save, and the state after loading the save and training
 * on. All figures are equal bit for bit on the machine that wrote them; other processors may add in
 * another order.
 */
class SavedVersionsTest {
  private static final Path SAVED = Path.of("src", "test", "resources", "saved");
  private static final DataSet TRAIN = TinyImages.of(50, 1);
  private static final DataSet VALIDATION = TinyImages.of(30, 2);
  private static final DataSet TEST = TinyImages.of(5, 3);
  private static final Task<Prediction> SMOOTHED =
      Tasks.classification("dark", "light").loss(Losses.softmaxCrossEntropy().labelSmoothing(0.1));
  private static final float TOLERANCE = 1e-4f;

  @TempDir Path folder;

  /** Two numbers or labels: the class, and whether the number of the image is odd. */
  private static TargetSet targets(DataSet images) {
    float[] targets = new float[2 * images.size()];
    for (int i = 0; i < images.size(); i++) {
      targets[2 * i] = images.label(i);
      targets[2 * i + 1] = i % 2;
    }
    return TargetSet.of(images, targets, 2);
  }

  private static JsonNode expected(String name) throws IOException {
    return new ObjectMapper().readTree(SAVED.resolve(name + ".json").toFile());
  }

  private static float[] floats(JsonNode node) {
    float[] floats = new float[node.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = node.get(i).floatValue();
    }
    return floats;
  }

  private static float[] values(Object prediction) {
    if (prediction instanceof Prediction classes) {
      return classes.probabilities();
    }
    return prediction instanceof LabelPrediction labels
        ? labels.probabilities()
        : (float[]) prediction;
  }

  /**
   * Compares weights, predictions and progress.
   *
   * @param tolerance 0 for values that were read, not computed
   */
  private static void assertState(JsonNode expected, Model<?> model, float tolerance) {
    assertEquals(expected.get("steps").longValue(), model.stepsTrained());
    assertEquals(expected.get("epochs").intValue(), model.epochsTrained());
    expected
        .get("weights")
        .properties()
        .forEach(
            entry ->
                assertArrayEquals(
                    floats(entry.getValue()),
                    model.weights(entry.getKey()),
                    tolerance,
                    entry.getKey()));
    for (int i = 0; i < TEST.size(); i++) {
      assertArrayEquals(
          floats(expected.get("predictions").get(i)),
          values(model.predictPixels(TEST.image(i))),
          TOLERANCE);
    }
  }

  /** Compares all values of the epochs that the old release had. */
  private static void assertHistory(JsonNode expected, List<EpochResult> epochs, double tolerance) {
    expected
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              assertEquals(entry.getValue().size(), epochs.size(), name);
              for (int i = 0; i < epochs.size(); i++) {
                assertEquals(i + 1, epochs.get(i).epoch());
                assertEquals(
                    entry.getValue().get(i).doubleValue(),
                    epochs.get(i).value(name),
                    tolerance,
                    name + " of epoch " + (i + 1));
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2", "v3"})
  void aClassifierContinuesInTheMiddleOfAnEpoch(String version) throws IOException {
    String name = version + "/classifier";
    JsonNode expected = expected(name);
    try (Model<Prediction> model = Model.load(SAVED.resolve(name), Prediction.class)) {
      assertEquals(SMOOTHED, model.tasks().get(0).task());
      assertEquals(
          ModelOptions.seed(7)
              .normalization(Normalization.of(TRAIN))
              .rewrites(version.equals("v1") ? Set.of() : Rewrite.all()),
          model.options());
      assertState(expected.get("saved"), model, 0);
      assertHistory(expected.get("saved").get("history"), model.history().epochs(), 0);
      model.fit(TRAIN, FitOptions.upTo(4).batchSize(20).validateOn(VALIDATION));
      assertState(expected.get("resumed"), model, TOLERANCE);
      assertHistory(expected.get("resumed").get("history"), model.history().epochs(), TOLERANCE);
    }
  }

  /** The save has class weights, clipped gradients, a picture format and carried-over batches. */
  @Test
  void aClassifierOfVersionThreeKeepsItsOptions() throws IOException {
    JsonNode expected = expected("v3/carry_over");
    try (Model<Prediction> model = Model.load(SAVED.resolve("v3/carry_over"), Prediction.class)) {
      assertEquals(
          Tasks.classification().loss(Losses.softmaxCrossEntropy().classWeights(1, 2)),
          model.tasks().get(0).task());
      assertEquals(
          Optional.of(PictureFormat.asTheyAre().inverted(true)), model.options().pictures());
      assertState(expected.get("saved"), model, 0);
      model.fit(
          TRAIN,
          FitOptions.upTo(4).batchSize(20).lastBatch(LastBatch.CARRY_OVER).validateOn(VALIDATION));
      assertState(expected.get("resumed"), model, TOLERANCE);
      assertHistory(expected.get("resumed").get("history"), model.history().epochs(), TOLERANCE);
    }
  }

  /** Regressors had no history, so the loaded model's begins with the next epoch. */
  private static void assertContinues(String name, Task<?> task) throws IOException {
    JsonNode expected = expected(name);
    try (Model<?> model = Model.load(SAVED.resolve(name))) {
      assertEquals(task, model.tasks().get(0).task());
      assertEquals(7, model.options().seed());
      assertState(expected.get("saved"), model, 0);
      assertEquals(List.of(), model.history().epochs());
      Source train = targets(TRAIN);
      History history =
          model.fit(train, FitOptions.upTo(4).batchSize(20).validateOn(targets(VALIDATION)));
      assertState(expected.get("resumed"), model, TOLERANCE);
      List<Double> costs = history.costs();
      JsonNode expectedCosts = expected.get("resumed").get("history").get("cost");
      assertEquals(expectedCosts.size(), costs.size());
      for (int i = 0; i < costs.size(); i++) {
        assertEquals(expectedCosts.get(i).doubleValue(), costs.get(i), TOLERANCE);
      }
      assertTrue(Double.isFinite(history.last().value("val_loss")), history::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2", "v3"})
  void aRegressorBecomesARegression(String version) throws IOException {
    assertContinues(version + "/regressor", Tasks.regression());
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2", "v3"})
  void aRegressorWithSigmoidCrossEntropyBecomesAMultiLabelTask(String version) throws IOException {
    assertContinues(version + "/labels", Tasks.multiLabel());
  }

  /**
   * After three epochs without a better one, early stopping stops after the next. The learning rate
   * has been halved three times before.
   */
  @Test
  void listenersContinueFromACheckpointOfVersionThree() throws IOException {
    JsonNode expected = expected("v3/checkpoint");
    try (Model<Prediction> model = Model.load(SAVED.resolve("v3/checkpoint"), Prediction.class)) {
      assertState(expected.get("saved"), model, 0);
      EarlyStopping stopping = EarlyStopping.on("val_loss", 4);
      List<Double> rates = new ArrayList<>();
      History history =
          model.fit(
              TRAIN,
              FitOptions.upTo(8).batchSize(20).validateOn(VALIDATION),
              stopping,
              ReduceOnPlateau.on("val_accuracy", 1).factor(0.5),
              new TrainingListener() {
                @Override
                public void batchEnd(Training training, BatchResult result) {
                  rates.add(training.learningRate());
                }
              });
      JsonNode resumed = expected.get("resumed");
      assertEquals(1, history.epochs().size());
      assertEquals(resumed.get("rates").size(), rates.size());
      for (int i = 0; i < rates.size(); i++) {
        assertEquals(resumed.get("rates").get(i).doubleValue(), rates.get(i), 1e-7);
      }
      assertEquals(OptionalInt.of(resumed.get("best_epoch").intValue()), stopping.bestEpoch());
      // The best epoch's state was in the checkpoint, so it was read, not computed.
      assertState(resumed, model, 0);
      assertHistory(resumed.get("history"), model.history().epochs(), 0);
    }
  }

  /** A model of an old version is saved in the new form, and is the same afterwards. */
  @ParameterizedTest
  @ValueSource(
      strings = {"v1/classifier", "v2/labels", "v3/carry_over", "v3/regressor", "v3/checkpoint"})
  void canBeSavedAgain(String name) throws IOException {
    try (Model<?> old = Model.load(SAVED.resolve(name))) {
      old.save(folder);
    }
    JsonNode expected = expected(name);
    try (Model<?> old = Model.load(SAVED.resolve(name));
        Model<?> again = Model.load(folder)) {
      assertEquals(old.tasks(), again.tasks());
      assertEquals(old.options(), again.options());
      assertEquals(old.optimizer(), again.optimizer());
      assertEquals(old.history(), again.history());
      assertState(expected.get("saved"), again, 0);
      assertArrayEquals(old.snapshot().toBytes(), again.snapshot().toBytes());
    }
  }

  /** The accuracy of a started epoch counts on, with any number of classes. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10})
  void theAccuracyOfAStartedEpochIsLifted(int classes) throws IOException {
    ObjectNode reached =
        (ObjectNode)
            new ObjectMapper()
                .readTree("{\"inEpoch\": {\"images\": 75, \"correct\": 70}, \"history\": []}");
    OldDescriptions.liftReached(reached, classes);
    JsonNode saved = reached.get("metrics").get("accuracy");
    double[] state = new double[saved.size()];
    Arrays.setAll(state, i -> saved.get(i).doubleValue());
    Metric.Tally tally = Metrics.accuracy().tally(Shape.of(classes), Shape.of(classes));
    tally.restore(state);
    assertEquals(70 / 75.0, tally.value());
    float[] firstClass = new float[classes];
    firstClass[0] = 1;
    tally.add(1, firstClass, firstClass);
    assertEquals(71 / 76.0, tally.value());
  }

  @Test
  void anOldClassifierDoesNotLoadAsNumbers() {
    String message =
        assertThrows(
                StoreException.class,
                () -> Model.load(SAVED.resolve("v3/classifier"), float[].class))
            .getMessage();
    assertTrue(message.contains("Prediction") && message.contains("float[]"), message);
  }
}
