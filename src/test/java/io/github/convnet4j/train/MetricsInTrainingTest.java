package io.github.convnet4j.train;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** The metrics of a run: those of the task, those that were asked for, and those watched. */
class MetricsInTrainingTest {
  private static final DataSet IMAGES = TinyImages.of(50, 1);
  private static final DataSet VALIDATION = TinyImages.of(30, 2);
  private static final FitOptions EPOCH = FitOptions.epochs(1).batchSize(20);

  private static Model<Prediction> model() {
    return Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01), ModelOptions.seed(3));
  }

  /** Watches values, and records which ones there are. */
  private static final class Watching implements TrainingListener {
    private final List<String> watched;
    private final List<String> names = new ArrayList<>();
    private final List<Map<String, Double>> soFar = new ArrayList<>();

    Watching(String... watched) {
      this.watched = List.of(watched);
    }

    @Override
    public List<String> watches() {
      return watched;
    }

    @Override
    public void trainBegin(Training training) {
      names.addAll(training.valueNames());
    }

    @Override
    public void batchEnd(Training training, BatchResult result) {
      soFar.add(training.valuesSoFar());
    }
  }

  @Test
  void theTasksMetricsComeFirstThenTheAddedThenTheWatchedOnes() {
    Watching listener = new Watching("val_roc_auc", "f1", "val_loss", "cost", "accuracy");
    try (Model<Prediction> model = model()) {
      EpochResult result =
          model
              .fit(
                  IMAGES,
                  EPOCH.validateOn(VALIDATION).metrics(Metrics.recall(), Metrics.accuracy()),
                  listener)
              .last();
      List<String> expected =
          List.of(
              "cost",
              "accuracy",
              "recall",
              "roc_auc",
              "f1",
              "val_loss",
              "val_accuracy",
              "val_recall",
              "val_roc_auc",
              "val_f1");
      assertEquals(expected, listener.names);
      assertEquals(expected, List.copyOf(result.values().keySet()));
      assertEquals(expected.subList(0, 5), List.copyOf(listener.soFar.get(0).keySet()));
      assertEquals(result.cost(), result.value("cost"));
      String unknown =
          assertThrows(IllegalArgumentException.class, () -> result.value("val_dice")).getMessage();
      assertTrue(unknown.contains("val_roc_auc") && unknown.endsWith("val_dice"), unknown);
    }
  }

  @Test
  void withoutValidationThereAreOnlyTheValuesOfTraining() {
    Watching listener = new Watching("val_f1", "f1");
    try (Model<Prediction> model = model()) {
      EpochResult result = model.fit(IMAGES, EPOCH, listener).last();
      assertEquals(List.of("cost", "accuracy", "f1"), listener.names);
      assertEquals(listener.names, List.copyOf(result.values().keySet()));
    }
  }

  /** With a learning rate near zero, an epoch has the values of an evaluation. */
  @Test
  void valuesOfTrainingAndValidationAreThoseOfAnEvaluation() {
    Metric[] added = {Metrics.f1(), Metrics.rocAuc(), Metrics.logLoss(), Metrics.topKAccuracy(1)};
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification(), sgd(1e-30))) {
      EpochResult result =
          model
              .fit(IMAGES, FitOptions.epochs(2).batchSize(7).validateOn(VALIDATION).metrics(added))
              .last();
      Scores train = model.evaluate(IMAGES, 7, added);
      assertEquals(
          List.of("accuracy", "f1", "roc_auc", "log_loss", "top_1_accuracy"), train.names());
      train.values().forEach((name, value) -> assertEquals(value, result.value(name), 1e-6, name));
      assertEquals(train.loss(), result.cost(), 1e-6);
      assertEquals(model.evaluate(VALIDATION, added), result.validation().orElseThrow());
      assertEquals(train.value("accuracy"), train.value("top_1_accuracy"));
    }
  }

  /** The share of examples for which the probability of the class is above a threshold. */
  private record Sure(double above) implements Metric {
    @Override
    public String name() {
      return "sure";
    }

    @Override
    public boolean higherIsBetter() {
      return false;
    }

    @Override
    public Tally tally(Shape prediction, Shape target) {
      return new Tally() {
        private double sure;
        private double all;

        @Override
        public void add(int examples, float[] predictions, float[] targets) {
          for (int i = 0; i < targets.length; i++) {
            sure += targets[i] == 1 && predictions[i] > above ? 1 : 0;
          }
          all += examples;
        }

        @Override
        public double value() {
          return sure / all;
        }

        @Override
        public double[] state() {
          return new double[] {sure, all};
        }

        @Override
        public void restore(double[] state) {
          sure = state[0];
          all = state[1];
        }
      };
    }
  }

  @Test
  void aMetricOfOnesOwnIsReportedAndCanBeWatched() {
    List<Boolean> higher = new ArrayList<>();
    TrainingListener asking =
        new TrainingListener() {
          @Override
          public void trainBegin(Training training) {
            for (String name :
                List.of("sure", "val_sure", "accuracy", "val_accuracy", "cost", "val_loss")) {
              higher.add(training.higherIsBetter(name));
            }
          }
        };
    try (Model<Prediction> model = model()) {
      EarlyStopping stopping = EarlyStopping.on("val_sure", 1);
      // The model gets surer, and a lower value counts as better, so epoch 2 is not an improvement.
      History history =
          model.fit(
              IMAGES,
              FitOptions.epochs(50).batchSize(20).validateOn(VALIDATION).metrics(new Sure(0.6)),
              stopping,
              asking);
      assertEquals(List.of(false, false, true, true, false, false), higher);
      assertTrue(history.epochs().size() < 50, history::toString);
      double sure =
          model.predict(VALIDATION).stream().filter(p -> p.probability() > 0.6).count() / 30.0;
      assertTrue(model.evaluate(VALIDATION, new Sure(0.6)).value("sure") <= sure);
    }
  }

  private static String fault(Runnable act) {
    return assertThrows(IllegalArgumentException.class, act::run).getMessage();
  }

  @Test
  void aMetricThatDoesNotSuitTheTaskIsRefusedBeforeTheFirstStep() {
    try (Model<Prediction> model = model()) {
      for (Metric unsuitable : List.of(Metrics.psnr(), Metrics.topKAccuracy(3))) {
        for (Runnable use :
            List.<Runnable>of(
                () -> model.fit(IMAGES, EPOCH.metrics(unsuitable)),
                () -> model.evaluate(IMAGES, unsuitable),
                () -> model.fit(IMAGES, EPOCH, new Watching(unsuitable.name())))) {
          String message = fault(use);
          assertTrue(message.contains(unsuitable.name()), message);
        }
      }
      assertEquals(0, model.stepsTrained());
    }
    TargetSet numbers = TargetSet.of(new byte[3 * 16], new float[6], Shape.of(4, 4, 1), 2);
    try (Model<float[]> model = Model.of(TinyImages.NETWORK, Tasks.regression(), adam(0.1))) {
      String message = fault(() -> model.fit(numbers, EPOCH.metrics(Metrics.psnr())));
      assertTrue(message.contains("psnr") && message.contains("[2]"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"val_nonsense", "nonsense", "val_f1", "loss", "val_cost"})
  void aListenerSaysWhichValuesThereAreIfThereIsNoneOfItsName(String monitor) {
    try (Model<Prediction> model = model()) {
      String message = fault(() -> model.fit(IMAGES, EPOCH, EarlyStopping.on(monitor, 1)));
      assertTrue(message.contains("EarlyStopping") && message.contains(monitor), message);
      assertTrue(
          message.contains(monitor.startsWith("val_") ? "validateOn" : "[cost, accuracy"), message);
      assertEquals(0, model.stepsTrained());
    }
  }

  @Test
  void twoMetricsWithOneNameAreRefusedUnlessTheyAreEqual() {
    try (Model<Prediction> model = model()) {
      String message = fault(() -> model.fit(IMAGES, EPOCH.metrics(new Sure(0.5), new Sure(0.6))));
      assertTrue(message.contains("sure"), message);
      EpochResult result = model.fit(IMAGES, EPOCH.metrics(new Sure(0.5), new Sure(0.5))).last();
      assertEquals(List.of("accuracy", "sure"), List.copyOf(result.metrics().keySet()));
      assertFalse(Double.isNaN(result.value("sure")));
    }
  }

  /** What a metric throws ends the run between two steps. */
  @Test
  void aMetricThatFailsEndsTheRunAndTheStepsDoneCount() {
    RuntimeException thrown = new IllegalStateException("out of fingers");
    Metric failing =
        new Metric() {
          @Override
          public String name() {
            return "fingers";
          }

          @Override
          public Tally tally(Shape prediction, Shape target) {
            return new CountingToTen(thrown);
          }
        };
    try (Model<Prediction> model = model()) {
      float[] before = model.weights("dense/kernel");
      assertEquals(
          thrown,
          assertThrows(
              IllegalStateException.class,
              () -> model.fit(IMAGES, EPOCH.batchSize(10).metrics(failing))));
      assertFalse(Arrays.equals(before, model.weights("dense/kernel")));
      assertEquals(2, model.stepsTrained(), "the weights have been changed twice");
    }
  }

  /** Fails at the eleventh example. */
  private static final class CountingToTen implements Metric.Tally {
    private final RuntimeException thrown;
    private int examples;

    CountingToTen(RuntimeException thrown) {
      this.thrown = thrown;
    }

    @Override
    public void add(int more, float[] predictions, float[] targets) {
      examples += more;
      if (examples > 10) {
        throw thrown;
      }
    }

    @Override
    public double value() {
      return examples;
    }

    @Override
    public double[] state() {
      return new double[] {examples};
    }

    @Override
    public void restore(double[] state) {
      examples = (int) state[0];
    }
  }
}
