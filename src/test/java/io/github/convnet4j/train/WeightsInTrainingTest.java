package io.github.convnet4j.train;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Nodes.input;
import static io.github.convnet4j.layer.Nodes.inputs;
import static io.github.convnet4j.layer.Nodes.outputs;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.task.Answers;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Class weights and weights of examples in {@code fit}. Figures are those that {@code
 * src/test/python/keras_weights.py} prints, of Keras 3.15.1.
 */
class WeightsInTrainingTest {
  private static final int SIZE = 6;
  private static final float[] WEIGHTS = {1, 0.5f, 2, 0, 3, 1.5f};
  private static final int[] LABELS = {0, 1, 2, 0, 0, 1};

  private static ExampleSet.Builder examples() {
    float[] x = new float[SIZE * 4];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i / 4 * 7 + i % 4 * 3) % 11 / 11f;
    }
    return ExampleSet.builder().input("x", x, 4);
  }

  private static float[] perExample(int n, IntFunction<Float> values) {
    float[] all = new float[SIZE * n];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.apply(i);
    }
    return all;
  }

  private static float[] numbers() {
    return perExample(1, i -> i * 5 % 7 / 7f);
  }

  private static Weights kernel(String layer, int n) {
    float[] kernel = new float[4 * n];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = ((i / n + 2 * (i % n)) % 5 - 2) / 4f;
    }
    return Weights.builder()
        .add(layer + "/kernel", Shape.of(4, n), kernel)
        .add(layer + "/bias", Shape.of(n), new float[n])
        .build();
  }

  /** Trains for 3 epochs of one batch each, and compares with Keras. */
  private static <P> void assertLikeKeras(
      int n,
      Task<P> task,
      Source examples,
      FitOptions options,
      double[] costs,
      double[] kernel,
      double[] bias) {
    Network network = Network.of(Shape.of(4), dense(n));
    try (Model<P> model = Model.of(network, task, sgd(0.5))) {
      model.loadWeights(kernel("dense", n));
      History history = model.fit(examples, options);
      assertArrayEquals(
          costs, history.epochs().stream().mapToDouble(EpochResult::cost).toArray(), 1e-5);
      assertClose(kernel, model.weights("dense/kernel"));
      assertClose(bias, model.weights("dense/bias"));
    }
  }

  private static void assertClose(double[] expected, float[] actual) {
    double[] found = new double[actual.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = actual[i];
    }
    assertArrayEquals(expected, found, 2e-5);
  }

  private static final FitOptions THREE = epochs(3).batchSize(SIZE);

  @Test
  void classWeightsAreThoseOfKeras() {
    assertLikeKeras(
        3,
        Tasks.classification(),
        examples().classTarget("kind", LABELS, 3).build(),
        THREE.classWeights(0.5, 1, 4),
        new double[] {1.5479366, 1.3628463, 1.2795793},
        new double[] {
          -0.472696, -0.040626, 0.513322, -0.342263, 0.175356, -0.333093, -0.150743, 0.241301,
          0.159442, 0.369575, -0.531551, -0.088025
        },
        new double[] {-0.084338, -0.237265, 0.321603});
  }

  @Test
  void weightsOfExamplesAreThoseOfKerasForEachTask() {
    assertLikeKeras(
        3,
        Tasks.classification(),
        examples().classTarget("kind", LABELS, 3).build().withWeights(WEIGHTS),
        THREE,
        new double[] {1.5569549, 1.4007372, 1.326336},
        new double[] {
          -0.329665, -0.107183, 0.436848, -0.000824, 0.075236, -0.574412, -0.110687, 0.426115,
          -0.065428, 0.496205, -0.627879, -0.118326
        },
        new double[] {0.289085, -0.247799, -0.041286});
    assertLikeKeras(
        1,
        Tasks.regression(),
        examples().target("days", numbers(), 1).build().withWeights(WEIGHTS),
        THREE,
        new double[] {1.1897366, 2.0555282, 3.8292115},
        new double[] {0.361078, 1.080275, 0.509719, 0.593162},
        new double[] {1.720386});
    assertLikeKeras(
        2,
        Tasks.multiLabel(),
        examples()
            .target("labels", perExample(2, i -> (float) (i % 2 == 0 ? i / 2 % 2 : i / 2 / 3)), 2)
            .build()
            .withWeights(WEIGHTS),
        THREE,
        new double[] {0.9015594, 0.8842685, 0.8706635},
        new double[] {
          -0.560429, 0.047736, -0.35425, 0.298793, -0.046369, 0.403495, 0.155356, -0.512863
        },
        new double[] {-0.160676, 0.003876});
  }

  private static Model<Answers> twoOutputs() {
    Input x = input("x", 4);
    Network network =
        Network.of(
            inputs(x),
            outputs(
                x.then(dense(3).name("kind")).as("kind"),
                x.then(dense(1).name("days")).as("days")));
    Model<Answers> model =
        Model.of(
            network,
            Tasks.all(
                Tasks.output("kind", Tasks.classification()),
                Tasks.output("days", Tasks.regression()).weight(0.5)),
            sgd(0.5));
    model.loadWeights(kernel("kind", 3));
    model.loadWeights(kernel("days", 1));
    return model;
  }

  private static Source twoTargets() {
    return examples().classTarget("kind", LABELS, 3).target("days", numbers(), 1).build();
  }

  @Test
  void weightsOfExamplesApplyToAllOutputs() {
    try (Model<Answers> model = twoOutputs()) {
      History history = model.fit(twoTargets().withWeights(WEIGHTS), THREE);
      assertArrayEquals(
          new double[] {2.151823, 1.5151111, 1.4089462},
          history.epochs().stream().mapToDouble(EpochResult::cost).toArray(),
          1e-5);
      assertClose(new double[] {0.289085, -0.247799, -0.041286}, model.weights("kind/bias"));
      assertClose(
          new double[] {-0.203329, 0.169454, 0.055433, 0.303189}, model.weights("days/kernel"));
    }
  }

  /** The other output learns as it does without weights. */
  @Test
  void classWeightsApplyToTheirOutput() {
    try (Model<Answers> weighted = twoOutputs();
        Model<Answers> plain = twoOutputs();
        Model<Prediction> single =
            Model.of(Network.of(Shape.of(4), dense(3)), Tasks.classification(), sgd(0.5))) {
      weighted.fit(twoTargets(), THREE.classWeights("kind", 0.5, 1, 4));
      plain.fit(twoTargets(), THREE);
      assertClose(new double[] {-0.084338, -0.237265, 0.321603}, weighted.weights("kind/bias"));
      assertArrayEquals(plain.weights("days/kernel"), weighted.weights("days/kernel"), 1e-6f);
      assertTrue(
          message(() -> weighted.fit(twoTargets(), THREE.classWeights(1, 1, 1))).contains("kind"));
      assertTrue(
          message(() -> weighted.fit(twoTargets(), THREE.classWeights("days", 1, 1)))
              .contains("classWeights"));
      assertTrue(
          message(() -> weighted.fit(twoTargets(), THREE.classWeights("sort", 1, 1, 1)))
              .contains("sort"));
      Source kinds = examples().classTarget("kind", LABELS, 3).build();
      assertTrue(message(() -> single.fit(kinds, THREE.classWeights(1, 1))).contains("3 classes"));
    }
  }

  /** The loss of an image is the mean of its pixels: 0, ln 2 for logits 0, times the weight. */
  @Test
  void weightsApplyToWholeMasks() {
    Network network = Network.of(Shape.of(1, 2, 1), conv2d(2, 1));
    Source streets =
        ExampleSet.builder()
            .images("image", new byte[4], 1, 2, 1)
            .masks("mask", new byte[] {0, 1, 1, 1}, 1, 2)
            .build();
    try (Model<?> model = Model.of(network, Tasks.segmentation(), sgd(0.1))) {
      // Black images and a bias of 0 give logits of 0.
      double cost = model.fit(streets.withWeights(3, 1), epochs(1).batchSize(2)).last().cost();
      assertEquals((3 + 1) / 2.0 * Math.log(2), cost, 1e-6);
      assertTrue(message(() -> model.fit(streets, epochs(1).classWeights(1, 2))).contains("pixel"));
    }
  }

  /**
   * Training counts an image of weight 2 as two images; a mean over 3 is two thirds of one over 2.
   */
  @Test
  void aWeightOfTwoIsTheSameAsTwoCopies() {
    DataSet two = TinyImages.of(50, 3).take(2);
    try (Model<Prediction> weighted = tiny();
        Model<Prediction> repeated = tiny()) {
      weighted.fit(two.withWeights(2, 1), epochs(1).learningRate(moment -> 0.3f));
      repeated.fit(two.select(new int[] {0, 0, 1}), epochs(1).learningRate(moment -> 0.45f));
      assertArrayEquals(repeated.weights("dense/kernel"), weighted.weights("dense/kernel"), 1e-6f);
    }
  }

  private static Model<Prediction> tiny() {
    return Model.of(TinyImages.NETWORK, Tasks.classification(), sgd(0.1), ModelOptions.seed(3));
  }

  @Test
  void evaluationAndMetricsAreNotWeighted() {
    DataSet images = TinyImages.of(50, 1);
    float[] weights = new float[50];
    weights[7] = 9;
    try (Model<Prediction> model = tiny()) {
      History history =
          model.fit(images.withWeights(weights), epochs(1).validateOn(images.withWeights(weights)));
      assertEquals(model.evaluate(images).loss(), history.last().values().get("val_loss"), 1e-7);
      assertEquals(
          model.evaluate(images).loss(), model.evaluate(images.withWeights(weights)).loss());
    }
  }

  /** The lecture's graphs must stay as they are. */
  @Test
  void thereIsAPlaceholderOnlyIfWeightsAreUsed() {
    DataSet images = TinyImages.of(50, 1);
    try (Model<Prediction> model = tiny()) {
      model.fit(images, epochs(1));
      assertFalse(hasWeights(model));
      int before = operations(model);
      model.fit(images, epochs(1));
      assertEquals(before, operations(model));
      model.fit(images, epochs(1).classWeights(1, 1));
      assertTrue(hasWeights(model));
    }
  }

  private static boolean hasWeights(Model<?> model) {
    return model.graph().operation("weights") != null;
  }

  private static int operations(Model<?> model) {
    int count = 0;
    for (var all = model.graph().operations(); all.hasNext(); all.next()) {
      count++;
    }
    return count;
  }

  /** Adam's moments and powers go on in the second training graph. */
  @Test
  void weightsOfOneAfterTrainingWithoutChangeNothing() {
    DataSet images = TinyImages.of(50, 1);
    try (Model<Prediction> plain = withAdam();
        Model<Prediction> switched = withAdam();
        Model<Prediction> always = withAdam()) {
      for (int i = 0; i < 4; i++) {
        plain.fit(images, epochs(1).batchSize(10));
        switched.fit(
            images,
            i % 2 == 0 ? epochs(1).batchSize(10) : epochs(1).batchSize(10).classWeights(1, 1));
        always.fit(images, epochs(1).batchSize(10).classWeights(1, 1));
      }
      assertArrayEquals(plain.weights("dense/kernel"), always.weights("dense/kernel"), 1e-7f);
      assertArrayEquals(plain.weights("dense/kernel"), switched.weights("dense/kernel"), 1e-7f);
    }
  }

  private static Model<Prediction> withAdam() {
    return Model.of(TinyImages.NETWORK, Tasks.classification(), adam(0.01), ModelOptions.seed(3));
  }

  /** With and without weights, before and after the save: Adam's state has the same names. */
  @Test
  void aSavedModelIsResumedWithWeights(@TempDir Path folder) {
    DataSet images = TinyImages.of(50, 1);
    FitOptions plain = epochs(1).batchSize(10);
    FitOptions weighted = plain.classWeights(3, 0.5);
    try (Model<Prediction> straight = withAdam();
        Model<Prediction> model = withAdam()) {
      straight.fit(images, plain);
      straight.fit(images, weighted);
      straight.fit(images, weighted);
      model.fit(images, plain);
      model.save(folder.resolve("plain"));
      try (Model<Prediction> second = Model.load(folder.resolve("plain"), Prediction.class)) {
        second.fit(images, weighted);
        second.save(folder.resolve("weighted"));
      }
      model.fit(images, weighted);
      model.resume(folder.resolve("weighted"));
      model.fit(images, weighted);
      assertArrayEquals(straight.weights("dense/kernel"), model.weights("dense/kernel"));
    }
  }

  private Model<Prediction> overGraph(Graph graph, boolean withWeights) {
    Ops tf = Ops.create(graph);
    Placeholder<TFloat32> images = placeholder(tf, Shape.of(-1, 4, 4, 1));
    Placeholder<TFloat32> labels = placeholder(tf, Shape.of(-1, 2));
    Placeholder<TFloat32> weights = placeholder(tf, Shape.of(-1));
    Variable<TFloat32> kernel = tf.variable(tf.fill(tf.array(16, 2), tf.constant(0f)));
    Operand<TFloat32> logits =
        tf.linalg.matMul(tf.reshape(images, tf.array(-1, 16)), tf.identity(kernel));
    Operand<TFloat32> losses = tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss();
    UserGraph.Builder builder =
        UserGraph.builder(graph)
            .input("images", images)
            .target("kind", labels)
            .predictions("kind", tf.nn.softmax(logits))
            .loss(tf.math.mean(withWeights ? tf.math.mul(losses, weights) : losses, tf.constant(0)))
            .variable("kernel", kernel);
    return Model.over(
        (withWeights ? builder.weights(weights) : builder).build(),
        Tasks.classification(),
        sgd(0.1));
  }

  private static Placeholder<TFloat32> placeholder(Ops tf, Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  @Test
  void aGraphOfOnesOwnTakesWeightsIfItHasAPlaceholderForThem() {
    DataSet images = TinyImages.of(50, 1);
    try (NativeGraph with = NativeGraph.open();
        NativeGraph without = NativeGraph.open();
        Model<Prediction> weighted = overGraph(with.graph(), true);
        Model<Prediction> plain = overGraph(without.graph(), false)) {
      double ln2 = Math.log(2); // logits of 0
      assertEquals(ln2, weighted.evaluate(images).loss(), 1e-6);
      double cost = weighted.fit(images, epochs(1).classWeights(3, 3)).last().cost();
      assertEquals(3 * ln2, cost, 1e-6);
      weighted.fit(images, epochs(1)); // with weights of 1
      assertTrue(weighted.predictPixels(images.image(0)).probability() >= 0.5);
      assertTrue(
          message(() -> plain.fit(images, epochs(1).classWeights(3, 3))).contains("placeholder"));
      float[] ones = images.weights(new int[50]);
      assertTrue(
          message(() -> plain.fit(images.withWeights(ones), epochs(1))).contains("placeholder"));
      plain.fit(images, epochs(1));
    }
  }

  @Test
  void badWeightsAreNamed() {
    for (double[] weights : new double[][] {{}, {1, -1}, {0, 0}, {1, Double.NaN}, {1, 1e50}}) {
      assertTrue(message(() -> epochs(1).classWeights(weights)).contains("classWeights"));
    }
    assertTrue(message(() -> epochs(1).classWeights("", 1, 2)).contains("output"));
    DataSet images = TinyImages.of(50, 1);
    try (Model<Prediction> model = tiny();
        Model<float[]> numbers = Model.of(TinyImages.NETWORK, Tasks.regression(), sgd(0.1))) {
      assertTrue(
          message(() -> numbers.fit(images, epochs(1).classWeights(1, 2))).contains("Regression"));
      assertTrue(message(() -> model.fit(new Negative(images), epochs(1))).contains("-1.0"));
    }
  }

  /** A source whose weights are wrong. */
  private record Negative(DataSet images) implements Source {
    @Override
    public int size() {
      return images.size();
    }

    @Override
    public List<Shape> inputShapes() {
      return images.inputShapes();
    }

    @Override
    public List<Shape> targetShapes() {
      return images.targetShapes();
    }

    @Override
    public void fill(int[] indices, ExampleBatch batch) {
      images.fill(indices, batch);
    }

    @Override
    public boolean isWeighted() {
      return true;
    }

    @Override
    public float[] weights(int... indices) {
      float[] weights = new float[indices.length];
      weights[0] = -1;
      return weights;
    }
  }

  private static String message(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
