package io.github.convnet4j.train;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.listener.CsvHistory;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.listener.JsonHistory;
import io.github.convnet4j.listener.ReduceOnPlateau;
import io.github.convnet4j.listener.StopOnNaN;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers and labels have all that classes have: validation, listeners, checkpoints, history. */
class NumbersAndLabelsTest {
  private static final TargetSet TRAIN = targets(TinyImages.of(50, 1));
  private static final TargetSet VALIDATION = targets(TinyImages.of(30, 2));

  @TempDir Path folder;

  /** Whether the upper half is light, and whether the lower half is. */
  private static TargetSet targets(DataSet images) {
    float[] targets = new float[2 * images.size()];
    for (int i = 0; i < images.size(); i++) {
      targets[2 * i] = images.label(i);
      targets[2 * i + 1] = 1 - images.label(i);
    }
    return TargetSet.of(images, targets, 2);
  }

  static Stream<Task<?>> tasks() {
    return Stream.of(Tasks.regression("up", "down"), Tasks.multiLabel("up", "down"));
  }

  private static <P> Model<P> model(Task<P> task, float rate) {
    return Model.of(TinyImages.NETWORK, task, adam(rate), ModelOptions.seed(3));
  }

  private static FitOptions options(int epochs) {
    return FitOptions.upTo(epochs).batchSize(20).validateOn(VALIDATION);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void everyEpochHasTheValuesOfTrainingAndValidation(Task<?> task) {
    try (Model<?> model = model(task, 0.01f)) {
      History history = model.fit(TRAIN, options(3));
      String metric =
          task.equals(Tasks.regression("up", "down")) ? "mean_absolute_error" : "label_accuracy";
      for (EpochResult epoch : history.epochs()) {
        assertEquals(
            List.of("cost", metric, "val_loss", "val_" + metric),
            List.copyOf(epoch.values().keySet()));
      }
      Scores scores = model.evaluate(VALIDATION);
      assertEquals(scores, history.last().validation().orElseThrow());
      assertTrue(scores.confusionMatrix().isEmpty());
      assertThrows(IllegalStateException.class, scores::correct);
      assertThrows(IllegalArgumentException.class, history.last()::accuracy);
      assertEquals(history.epochs(), model.history().epochs());
      assertTrue(history.last().toString().contains(metric), history::toString);
    }
  }

  @Test
  void aShareIsHeldOutForValidation() {
    try (Model<float[]> model = model(Tasks.regression(), 0.01f)) {
      History history = model.fit(TRAIN, FitOptions.epochs(1).validationShare(0.3));
      assertEquals(15, history.last().validation().orElseThrow().examples());
    }
  }

  /** With a rate of 3, the loss soon rises. */
  @ParameterizedTest
  @MethodSource("tasks")
  void earlyStoppingReturnsToTheBestEpoch(Task<?> task) {
    try (Model<?> model = model(task, 3)) {
      EarlyStopping stopping = EarlyStopping.on("val_loss", 2);
      History history = model.fit(TRAIN, options(50), stopping);
      int best = stopping.bestEpoch().orElseThrow();
      double lowest =
          history.epochs().stream()
              .mapToDouble(epoch -> epoch.value("val_loss"))
              .min()
              .orElseThrow();
      assertEquals(lowest, history.epochs().get(best - 1).value("val_loss"));
      assertEquals(best, model.epochsTrained());
      assertEquals(lowest, model.evaluate(VALIDATION).loss());
    }
  }

  @Test
  void theLearningRateIsReducedIfAnErrorDoesNotFall() {
    try (Model<float[]> model = model(Tasks.regression(), 3)) {
      double[] factor = {1};
      model.fit(
          TRAIN,
          options(6).metrics(Metrics.rootMeanSquaredError()),
          ReduceOnPlateau.on("val_root_mean_squared_error", 1).factor(0.5),
          new TrainingListener() {
            @Override
            public void epochEnd(Training training, EpochResult result) {
              factor[0] = training.learningRateFactor();
            }
          });
      List<Double> errors =
          model.history().epochs().stream()
              .map(epoch -> epoch.value("val_root_mean_squared_error"))
              .toList();
      double expected = 1;
      double least = Double.POSITIVE_INFINITY;
      for (double error : errors) {
        if (error < least) {
          least = error;
        } else {
          expected /= 2;
        }
      }
      assertEquals(expected, factor[0], () -> "" + errors);
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aRunContinuesFromItsCheckpointInTheMiddleOfAnEpoch(Task<?> task) {
    try (Model<?> straight = model(task, 0.05f)) {
      straight.fit(TRAIN, options(4), EarlyStopping.on("val_loss", 3));
      try (Model<?> interrupted = model(task, 0.05f)) {
        interrupted.fit(
            TRAIN,
            options(4).stopAfterSteps(8),
            EarlyStopping.on("val_loss", 3),
            Checkpoints.everySteps(folder, 1));
      }
      try (Model<?> resumed =
          Checkpoints.latest(folder, task.predictionType(), message -> {}).orElseThrow()) {
        assertEquals(8, resumed.stepsTrained());
        assertEquals(2, resumed.epochsTrained());
        resumed.fit(TRAIN, options(4), EarlyStopping.on("val_loss", 3));
        assertEquals(straight.history(), resumed.history());
        assertArrayEquals(straight.weights("dense/kernel"), resumed.weights("dense/kernel"));
      }
    }
  }

  @Test
  void theBestCheckpointIsThatWithTheLowestError() {
    try (Model<float[]> model = model(Tasks.regression(), 1)) {
      History history =
          model.fit(TRAIN, options(8), Checkpoints.best(folder, "val_mean_absolute_error"));
      int best = 0;
      for (int i = 1; i < 8; i++) {
        if (history.epochs().get(i).value("val_mean_absolute_error")
            < history.epochs().get(best).value("val_mean_absolute_error")) {
          best = i;
        }
      }
      try (Model<float[]> saved =
          Checkpoints.latest(folder, float[].class, message -> {}).orElseThrow()) {
        assertEquals(best + 1, saved.epochsTrained());
      }
    }
  }

  @Test
  void historyFilesHaveAllValues() throws IOException {
    Path csv = folder.resolve("history.csv");
    Path json = folder.resolve("history.json");
    try (Model<LabelPrediction> model = model(Tasks.multiLabel(), 0.01f)) {
      History history =
          model.fit(
              TRAIN,
              options(2).metrics(Metrics.exactMatch()),
              CsvHistory.to(csv),
              JsonHistory.to(json));
      List<String> lines = Files.readAllLines(csv);
      assertEquals(3, lines.size());
      for (String name : history.last().values().keySet()) {
        assertTrue(lines.get(0).contains(name), lines.get(0));
      }
      JsonNode root = new ObjectMapper().readTree(json.toFile());
      assertEquals(
          history.last().value("val_exact_match"),
          root.findValues("val_exact_match").get(1).doubleValue());
    }
  }

  @Test
  void stopsWhenTheCostIsNotANumber() {
    TargetSet huge =
        TargetSet.of(TinyImages.of(2, 1), new float[] {3e38f, -3e38f, 3e38f, -3e38f}, 2);
    try (Model<float[]> model = model(Tasks.regression(), 0.01f)) {
      assertThrows(
          NotFiniteException.class,
          () -> model.fit(huge, FitOptions.epochs(3), StopOnNaN.onCost()));
      assertEquals(1, model.stepsTrained());
    }
  }

  @Test
  void labelsOfAnExampleAreThoseThatAreMoreLikelyThanNot() {
    try (Model<LabelPrediction> model = model(Tasks.multiLabel("up", "down"), 0.05f)) {
      model.fit(TRAIN, FitOptions.epochs(40).batchSize(20));
      Scores scores = model.evaluate(VALIDATION, Metrics.exactMatch(), Metrics.labelRocAuc());
      assertEquals(1, scores.value("exact_match"), scores::toString);
      assertEquals(1, scores.value("label_roc_auc"), scores::toString);
      LabelPrediction prediction = model.predictPixels(VALIDATION.image(0));
      boolean up = VALIDATION.targets(0)[0] == 1;
      assertEquals(List.of(up ? "up" : "down"), prediction.labels());
      assertEquals(List.of("up", "down"), prediction.labelNames());
      assertEquals(prediction.probabilities()[1], prediction.probability("down"));
      assertThrows(IllegalArgumentException.class, () -> prediction.probability("left"));
    }
  }
}
