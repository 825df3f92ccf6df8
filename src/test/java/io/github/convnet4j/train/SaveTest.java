package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** A loaded model continues bit for bit as if it had never been closed. */
class SaveTest {
  private static final DataSet IMAGES = BundledDigits.read().train().subset(0, 130);

  private static final Network NETWORK =
      Network.of(
          Shape.of(28, 28, 1),
          conv2d(4, 3).stride(2).l2(1e-3),
          batchNorm().momentum(0.9),
          relu(),
          maxPool(2),
          dropout(0.3),
          flatten(),
          dense(10));

  private static final Classification TASK =
      Tasks.classification("o", "i", "z", "e", "h", "s", "b", "l", "B", "g")
          .loss(Losses.softmaxCrossEntropy().labelSmoothing(0.1));

  private static final ModelOptions OPTIONS =
      ModelOptions.seed(7).normalization(Normalization.of(IMAGES));

  @TempDir Path folder;

  private static FitOptions epochs(int n) {
    return FitOptions.epochs(n).batchSize(50);
  }

  private static List<Double> batchCosts(Model<Prediction> model, int epochs) {
    List<Double> costs = new ArrayList<>();
    model.fit(
        IMAGES,
        epochs(epochs),
        new TrainingListener() {
          @Override
          public void batchEnd(Training training, BatchResult result) {
            costs.add(result.cost());
          }
        });
    return costs;
  }

  static Stream<Optimizer> optimizers() {
    return Stream.of(adam(0.01), Optimizers.sgd(0.01).momentum(0.9), Optimizers.rmsProp(0.001));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void continuesAfterLoadingAsIfItHadNeverBeenClosed(Optimizer optimizer) {
    List<Double> straight;
    float[] straightKernel;
    float[] straightVariance;
    try (Model<Prediction> model = Model.of(NETWORK, TASK, optimizer, OPTIONS)) {
      straight = batchCosts(model, 4);
      straightKernel = model.weights("conv2d/kernel");
      straightVariance = model.weights("batch_norm/moving_variance");
    }
    assertEquals(4 * 3, straight.size());
    List<Double> resumed;
    Prediction before;
    try (Model<Prediction> model = Model.of(NETWORK, TASK, optimizer, OPTIONS)) {
      resumed = batchCosts(model, 2);
      before = model.predictPixels(IMAGES.image(0));
      model.save(folder.resolve("digits"));
    }
    try (Model<Prediction> model = Model.load(folder.resolve("digits"), Prediction.class)) {
      assertEquals(NETWORK, model.network());
      assertEquals(optimizer, model.optimizer());
      assertEquals(TASK, model.tasks().get(0).task());
      assertEquals(OPTIONS, model.options());
      assertEquals(2, model.epochsTrained());
      assertEquals(6, model.stepsTrained());
      assertArrayEquals(
          before.probabilities(), model.predictPixels(IMAGES.image(0)).probabilities());
      resumed.addAll(batchCosts(model, 2));
      assertEquals(straight, resumed);
      assertArrayEquals(straightKernel, model.weights("conv2d/kernel"));
      assertArrayEquals(straightVariance, model.weights("batch_norm/moving_variance"));
    }
  }

  @Test
  void twoFitsOfTwoEpochsEqualOneOfFour() {
    try (Model<Prediction> once = Model.of(NETWORK, TASK, adam(0.01), OPTIONS);
        Model<Prediction> twice = Model.of(NETWORK, TASK, adam(0.01), OPTIONS)) {
      List<Double> costs = batchCosts(twice, 2);
      costs.addAll(batchCosts(twice, 2));
      assertEquals(batchCosts(once, 4), costs);
      assertArrayEquals(once.weights("dense/kernel"), twice.weights("dense/kernel"));
    }
  }

  @Test
  void aSaveReplacesTheEarlierOneCompletely() throws Exception {
    Path saved = folder.resolve("digits");
    try (Model<Prediction> model = Model.of(NETWORK, TASK, adam(0.01), OPTIONS)) {
      model.save(saved);
      model.fit(IMAGES, epochs(1));
      model.save(saved);
      try (Model<Prediction> loaded = Model.load(saved, Prediction.class)) {
        assertEquals(1, loaded.epochsTrained());
        assertArrayEquals(model.weights("dense/bias"), loaded.weights("dense/bias"));
      }
    }
    try (Stream<Path> files = Files.list(saved)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertEquals(3, names.size(), names::toString);
      assertEquals("SHA256SUMS", names.get(0));
      assertTrue(names.get(1).matches("model-[0-9a-f]{12}\\.json"), names::toString);
      assertTrue(names.get(2).matches("variables-[0-9a-f]{12}\\.bin"), names::toString);
    }
  }
}
