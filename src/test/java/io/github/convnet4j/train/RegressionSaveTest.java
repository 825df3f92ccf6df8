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
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.schedule.Schedules;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Task;
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

/** A loaded model continues bit for bit as if it had never been closed; an export agrees. */
class RegressionSaveTest {
  private static final DataSet DIGITS = BundledDigits.read().train().subset(0, 130);

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

  private static final ModelOptions OPTIONS =
      ModelOptions.seed(7).normalization(Normalization.of(DIGITS));

  static Stream<Task<float[]>> tasks() {
    return Stream.of(
        Tasks.regression("digit", "even"), Tasks.regression().loss(Losses.sigmoidCrossEntropy()));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void continuesAfterLoadingAsIfItHadNeverBeenClosed(Task<float[]> task) {
    List<Double> straight;
    float[] kernel;
    float[] variance;
    try (Model<float[]> model = Model.of(NETWORK, task, adam(0.01), OPTIONS)) {
      straight = model.fit(IMAGES, FitOptions.epochs(4).batchSize(50)).costs();
      kernel = model.weights("conv2d/kernel");
      variance = model.weights("batch_norm/moving_variance");
    }
    List<Double> resumed = new ArrayList<>();
    float[] before;
    try (Model<float[]> model = Model.of(NETWORK, task, adam(0.01), OPTIONS)) {
      resumed.addAll(model.fit(IMAGES, TWO_EPOCHS).costs());
      before = model.predictPixels(IMAGES.image(0));
      model.save(folder);
    }
    try (Model<float[]> model = Model.load(folder, float[].class)) {
      assertEquals(NETWORK, model.network());
      assertEquals(adam(0.01), model.optimizer());
      assertEquals(task, model.tasks().get(0).task());
      assertEquals(OPTIONS, model.options());
      assertEquals(2, model.epochsTrained());
      assertEquals(6, model.stepsTrained());
      assertArrayEquals(before, model.predictPixels(IMAGES.image(0)));
      resumed.addAll(model.fit(IMAGES, TWO_EPOCHS).costs());
      assertEquals(straight, resumed);
      assertArrayEquals(kernel, model.weights("conv2d/kernel"));
      assertArrayEquals(variance, model.weights("batch_norm/moving_variance"));
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
    ModelOptions seeded = ModelOptions.seed(7);
    List<Double> costs = new ArrayList<>();
    try (Model<float[]> model = Model.of(NETWORK, Tasks.regression(), adam(0.01), seeded)) {
      costs.addAll(model.fit(IMAGES, options.stopAfterSteps(5)).costs());
      assertEquals(1, model.epochsTrained());
      model.save(folder);
    }
    try (Model<float[]> model = Model.load(folder, float[].class);
        Model<float[]> straight = Model.of(NETWORK, Tasks.regression(), adam(0.01), seeded)) {
      costs.addAll(model.fit(IMAGES, options).costs());
      assertEquals(straight.fit(IMAGES, options).costs(), costs);
      assertEquals(9, model.stepsTrained());
      assertArrayEquals(straight.weights("dense/kernel"), model.weights("dense/kernel"));
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void theExportPredictsTheSame(Task<float[]> task) {
    Path saved = folder.resolve("model");
    try (Model<float[]> model = Model.of(NETWORK, task, adam(0.01), OPTIONS)) {
      model.fit(IMAGES, TWO_EPOCHS);
      model.exportSavedModel(saved);
      try (SavedModelBundle bundle =
              SavedModelBundle.load(saved.toString(), SavedModelBundle.DEFAULT_TAG);
          TFloat32 in = Tensors.of(Shape.of(1, 28, 28, 1), IMAGES.imageFloats(3));
          Result out = bundle.function("serving_default").call(Map.of("images", in))) {
        assertArrayEquals(
            model.predictPixels(IMAGES.image(3)),
            Tensors.floats(out.get("predictions").orElseThrow()),
            1e-6f);
      }
    }
  }

  @Test
  void loadingComparesTheTypeOfThePredictions() {
    Path classes = folder.resolve("classes");
    Path numbers = folder.resolve("numbers");
    try (Model<Prediction> classification =
            Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01));
        Model<float[]> regression = Model.of(TinyImages.NETWORK, Tasks.regression(), adam(0.01))) {
      classification.save(classes);
      regression.save(numbers);
    }
    assertEquals(
        classes
            + " holds a model for classification, whose predictions are of type Prediction, not"
            + " float[]: load it with Prediction.class",
        assertThrows(StoreException.class, () -> Model.load(classes, float[].class)).getMessage());
    assertEquals(
        numbers
            + " holds a model for regression, whose predictions are of type float[], not"
            + " Prediction: load it with float[].class",
        assertThrows(StoreException.class, () -> Model.load(numbers, Prediction.class))
            .getMessage());
    try (Model<?> any = Model.load(numbers)) {
      assertEquals(Tasks.regression(), any.tasks().get(0).task());
    }
  }
}
