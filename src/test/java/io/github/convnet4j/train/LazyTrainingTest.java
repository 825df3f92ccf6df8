package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.store.SavedFiles;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** Gradients and the optimizer's state exist only once they are needed. */
@Timeout(120)
class LazyTrainingTest {
  private static final DataSet IMAGES = TinyImages.of(50, 1);
  private static final FitOptions EPOCH = FitOptions.epochs(1).batchSize(20);
  private static final Network NETWORK =
      Network.of(Shape.of(4, 4, 1), conv2d(2, 3), batchNorm(), relu(), flatten(), dense(2));

  @TempDir Path folder;

  private static Model<Prediction> model() {
    return model(NETWORK);
  }

  private static Model<Prediction> model(Network network) {
    return Model.of(network, Tasks.classification(), adam(0.01), ModelOptions.seed(3));
  }

  private void saveTrained() {
    try (Model<Prediction> model = model()) {
      model.fit(IMAGES, EPOCH);
      model.save(folder);
    }
  }

  /** Returns how many operations of each type the graph has. */
  private static Map<String, Integer> operations(Model<?> model) {
    Map<String, Integer> counts = new HashMap<>();
    model.graph().operations().forEachRemaining(op -> counts.merge(op.type(), 1, Integer::sum));
    return counts;
  }

  private static void assertOnlyInference(Model<?> model) {
    Map<String, Integer> operations = operations(model);
    assertEquals(model.network().parameters().size(), operations.get("VariableV2"));
    for (String type : operations.keySet()) {
      assertFalse(type.startsWith("Apply") || type.endsWith("Grad"), type);
      assertFalse(type.contains("Backprop"), type);
    }
  }

  @Test
  void aLoadedModelThatOnlyPredictsHasNoTrainingGraph() throws IOException {
    saveTrained();
    try (Model<Prediction> model = Model.load(folder, Prediction.class)) {
      model.predict(IMAGES);
      model.evaluate(IMAGES);
      model.predictPixels(IMAGES.image(0));
      try (Predictor<Prediction> predictor = model.predictor()) {
        predictor.predictPixels(IMAGES.image(0));
      }
      model.weights("conv2d/kernel");
      model.firstNotFinite();
      model.checkCanSave(folder);
      try (Stream<Path> before = Files.list(folder)) {
        assertEquals(3, before.count());
      }
      model.exportSavedModel(folder.resolveSibling("export-" + folder.getFileName()));
      assertOnlyInference(model);
      model.fit(IMAGES, EPOCH);
      Map<String, Integer> operations = operations(model);
      assertTrue(operations.get("ApplyAdam") > 0);
      assertTrue(operations.get("VariableV2") > 2 * model.network().parameters().size());
    }
  }

  @Test
  void anUntrainedModelHasNoneEitherAndIsSavedWithoutAnOptimizersState() throws IOException {
    try (Model<Prediction> model = model()) {
      model.save(folder);
      assertOnlyInference(model);
      long weights = model.network().parameters().stream().mapToLong(p -> p.shape().size()).sum();
      assertEquals(Float.BYTES * weights, values(folder).length);
    }
    try (Model<Prediction> loaded = Model.load(folder, Prediction.class);
        Model<Prediction> straight = model()) {
      assertEquals(straight.fit(IMAGES, EPOCH), loaded.fit(IMAGES, EPOCH));
      assertArrayEquals(straight.weights("dense/kernel"), loaded.weights("dense/kernel"));
    }
  }

  private static byte[] values(Path folder) throws IOException {
    try (SavedFiles files = SavedFiles.open(folder);
        InputStream in = files.stream("variables.bin")) {
      return in.readAllBytes();
    }
  }

  private static String description(Path folder) {
    try (SavedFiles files = SavedFiles.open(folder)) {
      return files.text("model.json");
    }
  }

  @Test
  void savingALoadedModelAgainKeepsTheOptimizersStateBitForBit() throws IOException {
    saveTrained();
    byte[] values = values(folder);
    String description = description(folder);
    Path copy = folder.resolveSibling("copy-" + folder.getFileName());
    try (Model<Prediction> model = Model.load(folder, Prediction.class)) {
      model.save(copy);
      model.save(folder); // Over the file that its state was read from.
    }
    for (Path saved : List.of(copy, folder)) {
      assertArrayEquals(values, values(saved));
      assertEquals(description, description(saved));
    }
    try (Model<Prediction> loaded = Model.load(folder, Prediction.class);
        Model<Prediction> straight = model()) {
      straight.fit(IMAGES, EPOCH);
      assertEquals(straight.fit(IMAGES, EPOCH), loaded.fit(IMAGES, EPOCH));
    }
  }

  /** The state is read from the file as it was when the model was loaded. */
  @Test
  void theStateIsThatOfTheSaveThatWasLoadedEvenIfItHasBeenReplaced() {
    saveTrained();
    try (Model<Prediction> loaded = Model.load(folder, Prediction.class);
        Model<Prediction> other = model();
        Model<Prediction> straight = model()) {
      other.fit(IMAGES, FitOptions.epochs(3).batchSize(20));
      other.save(folder);
      straight.fit(IMAGES, EPOCH);
      assertEquals(straight.fit(IMAGES, EPOCH), loaded.fit(IMAGES, EPOCH));
      assertArrayEquals(straight.weights("dense/kernel"), loaded.weights("dense/kernel"));
    }
  }

  @Test
  void aSnapshotOfALoadedModelHasTheOptimizersState() {
    saveTrained();
    try (Model<Prediction> loaded = Model.load(folder, Prediction.class);
        Model<Prediction> straight = model()) {
      straight.fit(IMAGES, EPOCH);
      assertArrayEquals(straight.snapshot().toBytes(), loaded.snapshot().toBytes());
    }
  }

  /** A snapshot replaces all variables, also those that had not been read yet. */
  @Test
  void restoringASnapshotIntoALoadedModelReplacesItsState() {
    saveTrained();
    try (Model<Prediction> loaded = Model.load(folder, Prediction.class);
        Model<Prediction> straight = model()) {
      straight.fit(IMAGES, FitOptions.epochs(2).batchSize(20));
      loaded.restore(straight.snapshot());
      assertEquals(straight.fit(IMAGES, EPOCH), loaded.fit(IMAGES, EPOCH));
    }
  }

  /** Deep enough for the building of its gradients to take a while. */
  private static Network deep() {
    List<Layer> layers = new ArrayList<>(List.of(conv2d(2, 3)));
    for (int i = 0; i < 15; i++) {
      layers.add(residual(conv2d(2, 3), batchNorm(), relu()));
    }
    layers.addAll(List.of(flatten(), dense(2)));
    return Network.of(Shape.of(4, 4, 1), layers);
  }

  @Test
  void threadsPredictWhileTheFirstFitBuildsTheTrainingGraph() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try (Model<Prediction> model = model(deep())) {
      float[] untrained = model.predictPixels(IMAGES.image(0)).probabilities();
      CountDownLatch running = new CountDownLatch(4);
      Callable<Integer> byModel =
          () -> {
            int correct = 0;
            for (int i = 0; i < 200; i++) {
              float[] probabilities = model.predictPixels(IMAGES.image(i % 50)).probabilities();
              correct += Math.abs(probabilities[0] + probabilities[1] - 1) < 1e-5 ? 1 : 0;
              if (i == 0) {
                running.countDown();
              }
            }
            return correct;
          };
      Callable<Integer> byPredictor =
          () -> {
            int correct = 0;
            try (Predictor<Prediction> predictor = model.predictor()) {
              for (int i = 0; i < 200; i++) {
                float[] probabilities =
                    predictor.predictPixels(IMAGES.image(i % 50)).probabilities();
                correct += Math.abs(probabilities[0] + probabilities[1] - 1) < 1e-5 ? 1 : 0;
                if (i == 0) {
                  running.countDown();
                }
              }
            }
            return correct;
          };
      Callable<Integer> byEvaluation =
          () -> {
            int correct = 0;
            for (int i = 0; i < 200; i++) {
              correct += model.evaluate(IMAGES).total() == 50 ? 1 : 0;
              if (i == 0) {
                running.countDown();
              }
            }
            return correct;
          };
      List<Future<Integer>> results = new ArrayList<>();
      for (Callable<Integer> use : List.of(byModel, byPredictor, byModel, byEvaluation)) {
        results.add(executor.submit(use));
      }
      running.await();
      model.fit(IMAGES, EPOCH);
      for (Future<Integer> result : results) {
        assertEquals(200, result.get());
      }
      try (Model<Prediction> alone = model(deep())) {
        assertArrayEquals(untrained, alone.predictPixels(IMAGES.image(0)).probabilities());
        alone.fit(IMAGES, EPOCH);
        assertEquals(alone.history(), model.history());
      }
    } finally {
      executor.shutdownNow();
      assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
    }
  }
}
