package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Returning to an earlier state of training. */
class SnapshotTest {
  private static final DataSet IMAGES = TinyImages.of(50, 1);
  private static final Network NETWORK =
      Network.of(Shape.of(4, 4, 1), flatten(), batchNorm(), dropout(0.2), dense(2));

  private static Model<Prediction> model() {
    return Model.of(NETWORK, Tasks.classification(), adam(0.01), ModelOptions.seed(3));
  }

  @Test
  void predictsAndTrainsAsAtTheTimeOfTheSnapshot() {
    FitOptions options = FitOptions.epochs(2).batchSize(20);
    try (Model<Prediction> model = model()) {
      model.fit(IMAGES, options);
      Scores evaluation = model.evaluate(IMAGES);
      Snapshot snapshot = model.snapshot();
      List<Double> costs = model.fit(IMAGES, options).costs();

      model.restore(snapshot);

      assertEquals(2, model.epochsTrained());
      assertEquals(6, model.stepsTrained());
      assertEquals(evaluation, model.evaluate(IMAGES));
      assertEquals(costs, model.fit(IMAGES, options).costs());
      try (Model<Prediction> other = model()) {
        other.restore(snapshot);
        assertEquals(costs, other.fit(IMAGES, options).costs());
      }
    }
  }

  @Test
  void rejectsTheSnapshotOfAnotherNetwork() {
    Network narrow = Network.of(Shape.of(4, 4, 1), flatten(), dense(3), dense(2));
    Network wide = Network.of(Shape.of(4, 4, 1), flatten(), dense(4), dense(2));
    try (Model<Prediction> model = Model.of(narrow, Tasks.classification(), adam(0.01));
        Model<Prediction> sameNames = Model.of(wide, Tasks.classification(), adam(0.01));
        Model<Prediction> otherNames =
            Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01))) {
      float[] before = model.weights("dense/kernel");
      assertThrows(IllegalArgumentException.class, () -> model.restore(otherNames.snapshot()));
      String fault =
          assertThrows(IllegalArgumentException.class, () -> model.restore(sameNames.snapshot()))
              .getMessage();
      for (String part : List.of("snapshot must", "dense/kernel", "[16, 3]", "64")) {
        assertTrue(fault.contains(part), fault);
      }
      assertArrayEquals(before, model.weights("dense/kernel"));
    }
  }

  @Test
  void consistsOfItsProgressAndItsVariables() {
    FitOptions options = FitOptions.upTo(3).batchSize(20);
    try (Model<Prediction> model = model();
        Model<Prediction> other = model()) {
      model.fit(IMAGES, options.stopAfterSteps(4));
      Snapshot snapshot = model.snapshot();
      byte[] progress = snapshot.progressToBytes();
      List<Double> costs = model.fit(IMAGES, options).costs();

      assertEquals(
          model.weightNames(),
          List.copyOf(snapshot.variables().keySet()).subList(0, model.weightNames().size()));
      assertTrue(progress.length < snapshot.toBytes().length);
      other.restore(other.snapshot(progress, snapshot.variables()));
      assertEquals(4, other.stepsTrained());
      assertEquals(costs, other.fit(IMAGES, options).costs());
    }
  }

  @Test
  void isOfTheMeansOfTwoModels() {
    try (Model<Prediction> first = model();
        Model<Prediction> second = model()) {
      first.fit(IMAGES, FitOptions.epochs(1).batchSize(20));
      second.fit(IMAGES, FitOptions.epochs(1).batchSize(20).shuffleSeed(8));
      Map<String, float[]> means = first.snapshot().variables();
      second
          .snapshot()
          .variables()
          .forEach(
              (name, values) -> {
                for (int i = 0; i < values.length; i++) {
                  means.get(name)[i] = (means.get(name)[i] + values[i]) / 2;
                }
              });
      float[] mean = means.get("dense/kernel").clone();

      Snapshot snapshot = first.snapshot(first.snapshot().progressToBytes(), means);
      means.get("dense/kernel")[0] = Float.NaN; // The snapshot has copies.
      first.restore(snapshot);

      assertArrayEquals(mean, first.weights("dense/kernel"));
    }
  }

  @Test
  void rejectsVariablesOfAnotherNumber() {
    try (Model<Prediction> model = model()) {
      byte[] progress = model.snapshot().progressToBytes();
      Map<String, float[]> variables = model.snapshot().variables();
      variables.put("dense/bias", new float[3]);
      String fault =
          assertThrows(IllegalArgumentException.class, () -> model.snapshot(progress, variables))
              .getMessage();
      assertTrue(fault.contains("dense/bias") && fault.contains("3"), fault);
      variables.remove("dense/bias");
      assertThrows(IllegalArgumentException.class, () -> model.snapshot(progress, variables));
      assertThrows(IllegalArgumentException.class, () -> model.snapshot(new byte[3], Map.of()));
    }
  }
}
