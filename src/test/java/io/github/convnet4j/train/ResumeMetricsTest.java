package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.listener.ReduceOnPlateau;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/**
 * A run that is interrupted in the middle of an epoch reports the same values as one that is not.
 */
class ResumeMetricsTest {
  private static final DataSet IMAGES = TinyImages.of(50, 1);
  private static final Network NETWORK =
      Network.of(Shape.of(4, 4, 1), flatten(), dense(6), relu(), dropout(0.3), dense(2));

  /** Three steps per epoch. */
  private static final FitOptions OPTIONS =
      FitOptions.upTo(4)
          .batchSize(20)
          .validateOn(TinyImages.of(30, 2))
          .metrics(Metrics.f1(), Metrics.rocAuc(), Metrics.logLoss(), Metrics.cohenKappa());

  @TempDir Path folder;

  private static Model<Prediction> model() {
    return Model.of(NETWORK, Tasks.classification(), adam(0.01), ModelOptions.seed(3));
  }

  private static History straight() {
    try (Model<Prediction> model = model()) {
      History history = model.fit(IMAGES, OPTIONS);
      assertEquals(4, history.epochs().size());
      assertEquals(
          10, history.last().values().size() - 2, "five metrics on training and on validation");
      return history;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 6, 11})
  void afterLoading(int steps) {
    try (Model<Prediction> model = model()) {
      model.fit(IMAGES, OPTIONS.stopAfterSteps(steps));
      model.save(folder);
    }
    try (Model<Prediction> loaded = Model.load(folder, Prediction.class)) {
      assertEquals(steps, loaded.stepsTrained());
      loaded.fit(IMAGES, OPTIONS);
      assertEquals(straight(), loaded.history());
    }
  }

  /** Saved after each step, and loaded again without a step in between. */
  @Test
  void afterSavingAndLoadingAtEveryStep() {
    try (Model<Prediction> model = model()) {
      model.save(folder);
    }
    for (int step = 1; step <= 12; step++) {
      try (Model<Prediction> model = Model.load(folder, Prediction.class)) {
        model.save(folder);
      }
      try (Model<Prediction> model = Model.load(folder, Prediction.class)) {
        model.fit(IMAGES, OPTIONS.stopAfterSteps(1));
        assertEquals(step, model.stepsTrained());
        model.save(folder);
      }
    }
    try (Model<Prediction> model = Model.load(folder, Prediction.class)) {
      assertEquals(straight(), model.history());
    }
  }

  @Test
  void afterReturningToASnapshotAlsoFromBytes() {
    try (Model<Prediction> model = model();
        Model<Prediction> other = model()) {
      model.fit(IMAGES, OPTIONS.stopAfterSteps(5));
      byte[] bytes = model.snapshot().toBytes();
      Snapshot snapshot = model.snapshot();
      model.fit(IMAGES, OPTIONS);
      assertEquals(straight(), model.history());
      model.restore(snapshot);
      model.fit(IMAGES, OPTIONS);
      assertEquals(straight(), model.history());
      other.restore(other.snapshot(bytes));
      other.fit(IMAGES, OPTIONS);
      assertEquals(straight(), other.history());
    }
  }

  @Test
  void fromACheckpointInTheMiddleOfAnEpochWithItsListeners() {
    try (Model<Prediction> straight = model()) {
      EarlyStopping stopping = EarlyStopping.on("val_roc_auc", 2);
      straight.fit(IMAGES, OPTIONS, stopping, ReduceOnPlateau.on("f1", 1).factor(0.5));
      try (Model<Prediction> interrupted = model()) {
        interrupted.fit(
            IMAGES,
            OPTIONS.stopAfterSteps(5),
            EarlyStopping.on("val_roc_auc", 2),
            ReduceOnPlateau.on("f1", 1).factor(0.5),
            Checkpoints.everySteps(folder, 1));
      }
      try (Model<Prediction> resumed =
          Checkpoints.latest(folder, Prediction.class, message -> {}).orElseThrow()) {
        assertEquals(5, resumed.stepsTrained());
        EarlyStopping again = EarlyStopping.on("val_roc_auc", 2);
        resumed.fit(IMAGES, OPTIONS, again, ReduceOnPlateau.on("f1", 1).factor(0.5));
        assertEquals(straight.history(), resumed.history());
        assertEquals(stopping.bestEpoch(), again.bestEpoch());
        assertArrayEquals(straight.weights("dense/kernel"), resumed.weights("dense/kernel"));
      }
    }
  }

  /** A metric that was not computed before counts from the middle of the epoch. */
  @Test
  void aMetricAddedInTheMiddleOfAnEpochStartsThere() {
    FitOptions plain = FitOptions.upTo(1).batchSize(20);
    try (Model<Prediction> model = model();
        Model<Prediction> straight = model()) {
      model.fit(IMAGES, plain.stopAfterSteps(2));
      EpochResult result = model.fit(IMAGES, plain.metrics(Metrics.f1())).last();
      EpochResult expected = straight.fit(IMAGES, plain).last();
      assertEquals(expected.value("accuracy"), result.value("accuracy"));
      assertEquals(expected.cost(), result.cost());
      assertTrue(result.value("f1") >= 0 && result.value("f1") <= 1);
    }
  }
}
