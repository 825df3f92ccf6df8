package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.sigmoid;
import static io.github.convnet4j.layer.Layers.softmax;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Mistakes must not crash the process, and their messages name the argument and the value. */
class ModelMistakesTest {
  private static final DataSet IMAGES = TinyImages.of(30, 1);
  private static final FitOptions EPOCH = FitOptions.epochs(1).batchSize(10);

  /** Counts its training steps in a variable, and has a trainable variable that it ignores. */
  private record Counting() implements Layer {
    @Override
    public String kind() {
      return "counting";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      return List.of(
          Parameter.statistic("count", Shape.of(1), Initializers.zeros()),
          Parameter.trainable("ignored", Shape.of(1), Initializers.ones()));
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      context.weight("ignored");
      Operand<TFloat32> one = context.tf().constant(new float[] {1});
      context.addUpdate(
          context
              .tf()
              .assign(
                  context.variable("count"), context.tf().math.add(context.weight("count"), one)));
      return input;
    }
  }

  @Test
  void variablesThatDoNotAffectTheLossDoNotPreventTraining() {
    Network network = Network.of(Shape.of(4, 4, 1), flatten(), new Counting(), dense(2));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.01))) {
      double first = model.fit(IMAGES, EPOCH).last().cost();
      assertTrue(model.fit(IMAGES, EPOCH).last().cost() < first);
      assertArrayEquals(new float[] {6}, model.weights("counting/count"));
      assertArrayEquals(new float[] {1}, model.weights("counting/ignored"));
    }
  }

  @Test
  void frozenLayersDoNotChange() {
    Network network =
        Network.of(Shape.of(4, 4, 1), conv2d(2, 3), batchNorm(), relu(), flatten(), dense(2))
            .freeze("conv2d", "batch_norm");
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.1))) {
      float[] kernel = model.weights("conv2d/kernel");
      float[] mean = model.weights("batch_norm/moving_mean");
      float[] dense = model.weights("dense/kernel");
      model.fit(IMAGES, EPOCH);
      assertArrayEquals(kernel, model.weights("conv2d/kernel"));
      assertArrayEquals(mean, model.weights("batch_norm/moving_mean"));
      assertFalse(Arrays.equals(dense, model.weights("dense/kernel")));
    }
  }

  @Test
  void withAllLayersFrozenItPredictsButRefusesToTrain() {
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK.freeze("dense"), Tasks.classification(), adam(0.1))) {
      assertEquals(30, model.evaluate(IMAGES).total());
      IllegalStateException error =
          assertThrows(IllegalStateException.class, () -> model.fit(IMAGES, EPOCH));
      assertTrue(error.getMessage().contains("frozen"), error::getMessage);
    }
  }

  @Test
  void imagesOfNaNsGiveNaNsAndDoNotCrash() {
    float[] pixels = new float[2 * 16];
    Arrays.fill(pixels, Float.NaN);
    DataSet nothing = DataSet.of(pixels, new int[] {0, 1}, Shape.of(4, 4, 1), 2);
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.1))) {
      assertFalse(Float.isNaN(model.predict(new float[16]).probability()));
      assertTrue(Double.isNaN(model.evaluate(nothing).loss()));
      assertTrue(Double.isNaN(model.fit(nothing, EPOCH).last().cost()));
      Prediction prediction = model.predict(new float[16]);
      assertTrue(Float.isNaN(prediction.probability()));
      assertEquals(0, prediction.classIndex());
    }
  }

  @Test
  void afterCloseEveryMethodSaysSo() {
    Model<Prediction> model = Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.1));
    model.close();
    model.close();
    Path nowhere = Path.of("target", "never-written");
    List<Runnable> uses =
        List.of(
            () -> model.fit(IMAGES, EPOCH),
            () -> model.evaluate(IMAGES),
            () -> model.predict(IMAGES),
            () -> model.predictPixels(new byte[16]),
            () -> model.predict(new float[16]),
            () -> model.weights("dense/kernel"),
            () -> model.save(nowhere),
            () -> model.exportSavedModel(nowhere),
            model::graph,
            model::session);
    for (Runnable use : uses) {
      assertEquals(
          "the model is closed", assertThrows(IllegalStateException.class, use::run).getMessage());
    }
    assertFalse(nowhere.toFile().exists());
  }

  private static void assertFault(Runnable act, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, act::run).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void messagesNameExamplesOfTheWrongShape() {
    DataSet wide = DataSet.of(new byte[4 * 5], new int[1], Shape.of(4, 5, 1), 2);
    DataSet color = DataSet.of(new byte[4 * 4 * 3], new int[1], Shape.of(4, 4, 3), 2);
    DataSet tenClasses = DataSet.of(new byte[4 * 4], new int[1], Shape.of(4, 4, 1), 10);
    try (Model<Prediction> model =
        Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.1))) {
      assertFault(() -> model.fit(wide, EPOCH), "examples must", "[4, 4, 1]", "[4, 5, 1]");
      assertFault(
          () -> model.fit(IMAGES, EPOCH.validateOn(color)),
          "validation examples must",
          "[4, 4, 1]",
          "[4, 4, 3]");
      assertFault(() -> model.evaluate(tenClasses), "examples must", "[2]", "[10]");
      assertFault(() -> model.predict(color), "examples must", "[4, 4, 1]", "[4, 4, 3]");
      assertFault(() -> model.predictPixels(new byte[17]), "input must", "16", "[4, 4, 1]", "17");
      assertFault(() -> model.evaluate(IMAGES, 0), "batchSize", "0");
      assertFault(() -> model.predict(IMAGES, -1), "batchSize", "-1");
      assertFault(
          () -> model.weights("dense/weight"),
          "name must",
          "dense/weight",
          "[dense/kernel, dense/bias]");
    }
  }

  private static void assertRejected(
      List<String> parts, Task<?> task, ModelOptions options, Layer... layers) {
    assertFault(
        () -> Model.of(Network.of(Shape.of(4, 4, 1), layers), task, adam(1), options),
        parts.toArray(String[]::new));
  }

  @Test
  void rejectsNetworksAndOptionsThatDoNotFit() {
    Classification task = Tasks.classification();
    ModelOptions options = ModelOptions.defaults();
    assertRejected(List.of("network", "softmax()"), task, options, flatten(), dense(2), softmax());
    assertRejected(List.of("network", "two outputs", "[1]"), task, options, flatten(), dense(1));
    assertRejected(List.of("network", "sigmoid()"), task, options, flatten(), dense(2), sigmoid());
    assertRejected(
        List.of("network", "[classes]", "dense(classes)", "[4, 4, 2]"),
        task,
        options,
        conv2d(2, 3));
    assertRejected(
        List.of("classNames", "2 classes", "3"),
        Tasks.classification("a", "b", "c"),
        options,
        flatten(),
        dense(2));
    assertRejected(
        List.of("normalization", "1 channels", "3"),
        task,
        options.normalization(new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0))),
        flatten(),
        dense(2));
    assertFault(
        () -> task.loss(Losses.meanSquaredError()),
        "loss",
        "softmaxCrossEntropy()",
        "sigmoidCrossEntropy()",
        "MeanSquaredError[]");
    assertRejected(
        List.of("classWeights", "2 classes", "[1.0]"),
        task.loss(Losses.softmaxCrossEntropy().classWeights(1)),
        options,
        flatten(),
        dense(2));
    assertFault(() -> Tasks.classification("a", "a"), "classNames", "[a, a]");
  }
}
