package io.github.convnet4j.train;

import static io.github.convnet4j.augment.Transforms.shift;
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
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.schedule.Schedules;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** A loaded regressor continues bit for bit as if it had never been closed; an export agrees. */
class RegressorSaveTest {
  private static final DataSet DIGITS = DataSets.digits().train().subset(0, 130);

  /** Two targets: the digit divided by ten, and whether it is even. */
  private static final TargetSet IMAGES = targets();

  private static final Network NETWORK =
      Network.of(
          Shape.of(28, 28, 1),
          conv2d(4, 3).stride(2).l2(1e-3),
          batchNorm().momentum(0.9),
          relu(),
          maxPool(2),
          dropout(0.3),
          flatten(),
          dense(2));

  private static final FitOptions TWO_EPOCHS = FitOptions.epochs(2).batchSize(50);

  @TempDir Path folder;

  private static TargetSet targets() {
    float[] targets = new float[2 * DIGITS.size()];
    for (int i = 0; i < DIGITS.size(); i++) {
      targets[2 * i] = DIGITS.label(i) / 10f;
      targets[2 * i + 1] = (DIGITS.label(i) + 1) % 2;
    }
    return TargetSet.of(DIGITS, targets, 2);
  }

  static Stream<RegressorOptions> options() {
    RegressorOptions seeded =
        RegressorOptions.defaults().seed(7).normalization(Normalization.of(DIGITS));
    return Stream.of(seeded, seeded.loss(Losses.sigmoidCrossEntropy()));
  }

  @ParameterizedTest
  @MethodSource("options")
  void continuesAfterLoadingAsIfItHadNeverBeenClosed(RegressorOptions options) {
    List<Double> straight;
    float[] kernel;
    float[] variance;
    try (Model<float[]> regressor = Model.of(NETWORK, Tasks.regression(), adam(0.01), options)) {
      straight = regressor.fit(IMAGES, FitOptions.epochs(4).batchSize(50)).costs();
      kernel = regressor.weights("conv2d/kernel");
      variance = regressor.weights("batch_norm/moving_variance");
    }
    List<Double> resumed = new ArrayList<>();
    float[] before;
    try (Model<float[]> regressor = Model.of(NETWORK, Tasks.regression(), adam(0.01), options)) {
      resumed.addAll(regressor.fit(IMAGES, TWO_EPOCHS).costs());
      before = regressor.predict(IMAGES.image(0));
      regressor.save(folder);
    }
    try (Model<float[]> regressor = Model.load(folder, float[].class)) {
      assertEquals(NETWORK, regressor.network());
      assertEquals(adam(0.01), regressor.optimizer());
      assertEquals(options, regressor.options());
      assertEquals(2, regressor.epochsTrained());
      assertEquals(6, regressor.stepsTrained());
      assertArrayEquals(before, regressor.predict(IMAGES.image(0)));
      resumed.addAll(regressor.fit(IMAGES, TWO_EPOCHS).costs());
      assertEquals(straight, resumed);
      assertArrayEquals(kernel, regressor.weights("conv2d/kernel"));
      assertArrayEquals(variance, regressor.weights("batch_norm/moving_variance"));
    }
  }

  /** Three steps per epoch; the schedule and the augmentation's random numbers continue, too. */
  @Test
  void resumesInTheMiddleOfAnEpoch() {
    FitOptions options =
        FitOptions.upTo(3)
            .batchSize(50)
            .learningRate(Schedules.oneCycle(0.02))
            .augment(Augmentation.of(shift(0.1)));
    RegressorOptions seeded = RegressorOptions.defaults().seed(7);
    List<Double> costs = new ArrayList<>();
    try (Model<float[]> regressor = Model.of(NETWORK, Tasks.regression(), adam(0.01), seeded)) {
      costs.addAll(regressor.fit(IMAGES, options.stopAfterSteps(5)).costs());
      assertEquals(1, regressor.epochsTrained());
      regressor.save(folder);
    }
    try (Model<float[]> regressor = Model.load(folder, float[].class);
        Model<float[]> straight = Model.of(NETWORK, Tasks.regression(), adam(0.01), seeded)) {
      costs.addAll(regressor.fit(IMAGES, options).costs());
      assertEquals(straight.fit(IMAGES, options).costs(), costs);
      assertEquals(9, regressor.stepsTrained());
      assertArrayEquals(straight.weights("dense/kernel"), regressor.weights("dense/kernel"));
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void theExportPredictsTheSame(RegressorOptions options) {
    Path model = folder.resolve("model");
    try (Model<float[]> regressor = Model.of(NETWORK, Tasks.regression(), adam(0.01), options)) {
      regressor.fit(IMAGES, TWO_EPOCHS);
      regressor.exportSavedModel(model);
      try (SavedModelBundle bundle =
              SavedModelBundle.load(model.toString(), SavedModelBundle.DEFAULT_TAG);
          TFloat32 in = Tensors.of(Shape.of(1, 28, 28, 1), IMAGES.imageFloats(3));
          Result out = bundle.function("serving_default").call(Map.of("images", in))) {
        assertArrayEquals(
            regressor.predict(IMAGES.image(3)),
            Tensors.floats(out.get("predictions").orElseThrow()),
            1e-6f);
      }
    }
  }

  @Test
  void aSavedClassifierIsNotARegressorNorViceVersa() {
    Path classifierFolder = folder.resolve("classifier");
    Path regressorFolder = folder.resolve("regressor");
    try (Model<Prediction> classifier =
            Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01));
        Model<float[]> regressor = Model.of(TinyImages.NETWORK, Tasks.regression(), adam(0.01))) {
      classifier.save(classifierFolder);
      regressor.save(regressorFolder);
    }
    assertEquals(
        classifierFolder + " holds no regressor: it has no file regressor.json",
        assertThrows(StoreException.class, () -> Model.load(classifierFolder, float[].class))
            .getMessage());
    assertEquals(
        regressorFolder + " holds no classifier: it has no file classifier.json",
        assertThrows(StoreException.class, () -> Model.load(regressorFolder, Prediction.class))
            .getMessage());
  }
}
