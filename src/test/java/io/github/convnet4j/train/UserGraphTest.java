package io.github.convnet4j.train;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.natives.NativeGraph;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Models over graphs that are built by hand. */
class UserGraphTest {
  private static final DataSet DIGITS = BundledDigits.read().train().subset(0, 200);
  private static final FitOptions TWO = epochs(2).batchSize(50);

  private final List<NativeGraph> graphs = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    graphs.forEach(NativeGraph::close);
  }

  private Graph newGraph() {
    NativeGraph opened = NativeGraph.open();
    graphs.add(opened);
    return opened.graph();
  }

  /** Softmax regression on the digits. */
  private static UserGraph.Builder softmaxRegression(Graph graph) {
    Ops tf = Ops.create(graph);
    Placeholder<TFloat32> images = placeholder(tf, Shape.of(-1, 28, 28, 1));
    Placeholder<TFloat32> labels = placeholder(tf, Shape.of(-1, 10));
    Variable<TFloat32> kernel = tf.variable(tf.fill(tf.array(784, 10), tf.constant(0f)));
    Variable<TFloat32> bias = tf.variable(tf.fill(tf.array(10), tf.constant(0f)));
    Operand<TFloat32> logits =
        tf.math.add(
            tf.linalg.matMul(tf.reshape(images, tf.array(-1, 784)), tf.identity(kernel)),
            tf.identity(bias));
    return UserGraph.builder(graph)
        .input("images", images)
        .target("digit", labels)
        .predictions("digit", tf.nn.softmax(logits))
        .loss(
            tf.math.mean(
                tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss(), tf.constant(0)))
        .variable("kernel", kernel)
        .variable("bias", bias);
  }

  private static Placeholder<TFloat32> placeholder(Ops tf, Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private Model<Prediction> model(Optimizer optimizer) {
    return Model.over(
        softmaxRegression(newGraph()).build(),
        Tasks.classification(),
        optimizer,
        ModelOptions.seed(7));
  }

  @Test
  void mixedPrecisionIsRefusedAndFullPrecisionIsNot() {
    UserGraph graph = softmaxRegression(newGraph()).build();
    ModelOptions mixed = ModelOptions.seed(7).mixedPrecisionIn(Set.of(Mode.INFERENCE));
    SessionOptions full = SessionOptions.standard().fullPrecision();
    for (ModelOptions options : List.of(mixed, mixed.session(full))) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Model.over(graph, Tasks.classification(), sgd(0.1), options))
              .getMessage();
      assertTrue(message.endsWith("mixedPrecisionIn [INFERENCE]"), message);
    }
    try (Model<Prediction> model =
        Model.over(
            graph, Tasks.classification(), sgd(0.1), ModelOptions.defaults().session(full))) {
      assertEquals(0.1, model.predictPixels(DIGITS.image(0)).probability(), 1e-6);
    }
  }

  @Test
  void learnsWithListenersAndValidation() {
    try (Model<Prediction> model = model(adam(0.05))) {
      assertEquals(0.1, model.predictPixels(DIGITS.image(0)).probability(), 1e-6);
      History history =
          model.fit(
              DIGITS, epochs(5).batchSize(50).validateOn(DIGITS), EarlyStopping.on("val_f1", 5));
      assertEquals(
          List.of("cost", "accuracy", "f1", "val_loss", "val_accuracy", "val_f1"),
          List.copyOf(history.last().values().keySet()));
      assertTrue(model.evaluate(DIGITS).accuracy() > 0.9, model.evaluate(DIGITS)::toString);
      assertEquals(200, model.evaluate(DIGITS).total());
      assertEquals(List.of("kernel", "bias"), model.weightNames());
      assertFalse(model.hasNetwork());
      assertThrows(IllegalStateException.class, model::network);
    }
  }

  @Test
  void oneStepFollowsTheGradient() {
    // y = w x with w = 0: the gradient of mean (y - t)^2 is -2 mean (t x) = -2 (1 * 2 + 3 * 4) / 2.
    Graph graph = newGraph();
    Ops tf = Ops.create(graph);
    Placeholder<TFloat32> x = placeholder(tf, Shape.of(-1, 1));
    Placeholder<TFloat32> t = placeholder(tf, Shape.of(-1, 1));
    Variable<TFloat32> w = tf.variable(tf.fill(tf.array(1, 1), tf.constant(0f)));
    Operand<TFloat32> y = tf.linalg.matMul(x, tf.identity(w));
    UserGraph line =
        UserGraph.builder(graph)
            .input("x", x)
            .target("y", t)
            .predictions("y", y)
            .loss(tf.math.mean(tf.math.squaredDifference(y, t), tf.array(0, 1)))
            .variable("w", w)
            .build();
    ExampleSet points =
        ExampleSet.builder()
            .input("x", new float[] {1, 3}, 1)
            .target("y", new float[] {2, 4}, 1)
            .build();
    try (Model<float[]> model = Model.over(line, Tasks.regression(), sgd(0.01))) {
      assertEquals((4 + 16) / 2.0, model.evaluate(points).loss(), 1e-6);
      model.fit(points, epochs(1).batchSize(2));
      assertEquals(0.14f, model.weights("w")[0], 1e-6f);
      assertArrayEquals(new float[] {0.42f}, model.predict(new float[] {3}), 1e-6f);
    }
  }

  @Test
  void aCheckpointIsFoundAgainAndResumesBitForBit() {
    try (Model<Prediction> straight = model(adam(0.05));
        Model<Prediction> first = model(adam(0.05));
        Model<Prediction> resumed = model(adam(0.05))) {
      straight.fit(DIGITS, epochs(4).batchSize(50));
      first.fit(DIGITS, TWO, Checkpoints.everyEpoch(folder));
      List<String> messages = new ArrayList<>();
      assertTrue(Checkpoints.resume(folder, resumed, messages::add));
      assertEquals(List.of(), messages);
      assertEquals(2, resumed.epochsTrained());
      resumed.fit(DIGITS, FitOptions.upTo(4).batchSize(50), Checkpoints.everyEpoch(folder));
      assertEquals(straight.weights(), resumed.weights());
      assertEquals(straight.history().last(), resumed.history().last());
    }
  }

  @Test
  void theBestCheckpointIsComparedByItsHistory() {
    try (Model<Prediction> model = model(adam(0.05));
        Model<Prediction> again = model(adam(0.05))) {
      Checkpoints best = Checkpoints.best(folder, "val_loss");
      model.fit(DIGITS, TWO.validateOn(DIGITS), best);
      assertTrue(Checkpoints.resume(folder, again, AssertionError::new));
      int bestEpoch = again.epochsTrained();
      Weights bestWeights = again.weights();
      // With this rate the next epochs are no better than the checkpoint, which is therefore kept.
      again.fit(DIGITS, TWO.validateOn(DIGITS).learningRate(moment -> 0), best);
      try (Model<Prediction> kept = model(adam(0.05))) {
        assertTrue(Checkpoints.resume(folder, kept, AssertionError::new));
        assertEquals(bestEpoch, kept.epochsTrained());
        assertEquals(bestWeights, kept.weights());
      }
    }
  }

  @Test
  void anotherOptimizerIsRefused() {
    try (Model<Prediction> model = model(adam(0.05));
        Model<Prediction> other = model(sgd(0.05))) {
      model.save(folder);
      String message = assertThrows(StoreException.class, () -> other.resume(folder)).getMessage();
      assertTrue(message.contains("optimizer") && message.contains("Sgd"), message);
    }
  }

  @Test
  void cannotBeLoadedWithoutTheGraph() {
    try (Model<Prediction> model = model(adam(0.05))) {
      model.save(folder);
    }
    String message =
        assertThrows(StoreException.class, () -> Model.load(folder, Prediction.class)).getMessage();
    assertTrue(message.contains("resume"), message);
    assertEquals(7840, Model.readWeights(folder).values("kernel").length);
  }

  @Test
  void isExportedWithItsNames() {
    try (Model<Prediction> model = model(adam(0.05))) {
      model.fit(DIGITS, TWO);
      float[] expected = model.predictPixels(DIGITS.image(3)).probabilities();
      model.exportSavedModel(folder.resolve("exported"));
      try (SavedModelBundle bundle =
              SavedModelBundle.load(folder.resolve("exported").toString(), "serve");
          TFloat32 images = Tensors.of(Shape.of(1, 28, 28, 1), DIGITS.imageFloats(3));
          var results = bundle.function("serving_default").call(Map.of("images", images))) {
        assertArrayEquals(expected, Tensors.floats(results.get("digit").orElseThrow()), 1e-6f);
      }
    }
  }

  @Test
  void switchesFollowTheMode() {
    Graph graph = newGraph();
    Ops tf = Ops.create(graph);
    Placeholder<TFloat32> x = placeholder(tf, Shape.of(-1, 1));
    Placeholder<TFloat32> t = placeholder(tf, Shape.of(-1, 1));
    Placeholder<TFloat32> scale = placeholder(tf, Shape.scalar());
    Variable<TFloat32> w = tf.variable(tf.fill(tf.array(1, 1), tf.constant(1f)));
    Operand<TFloat32> y = tf.math.mul(tf.linalg.matMul(x, tf.identity(w)), scale);
    UserGraph scaled =
        UserGraph.builder(graph)
            .input("x", x)
            .target("y", t)
            .predictions("y", y)
            .loss(tf.math.mean(tf.math.squaredDifference(y, t), tf.array(0, 1)))
            .variable("w", w)
            .whenTraining(scale, 10, 1)
            .build();
    ExampleSet one =
        ExampleSet.builder().input("x", new float[] {1}, 1).target("y", new float[] {0}, 1).build();
    try (Model<float[]> model = Model.over(scaled, Tasks.regression(), sgd(1e-6))) {
      assertEquals(1, model.evaluate(one).loss(), 1e-6);
      assertEquals(100, model.fit(one, epochs(1)).last().cost(), 1e-3);
      try (Predictor<float[]> predictor = model.predictor()) {
        assertEquals(1, predictor.predict(new float[] {1})[0], 1e-3f);
      }
    }
  }

  @Test
  void aSessionOfTheUserIsUsedAndStaysOpen() {
    NativeGraph own = NativeGraph.open();
    graphs.add(own);
    UserGraph.Builder builder = softmaxRegression(own.graph());
    Session session = own.session();
    try (Model<Prediction> model =
        Model.over(
            builder.session(session).build(),
            Tasks.classification(),
            adam(0.05),
            ModelOptions.seed(7))) {
      model.fit(DIGITS, TWO);
    }
    // The session still works.
    assertEquals(1, session.runner().fetch(Ops.create(own.graph()).constant(1f)).run().size());
  }

  @Test
  void refusesWhatDoesNotBelongTogether() {
    Graph graph = newGraph();
    Graph other = newGraph();
    Ops tf = Ops.create(graph);
    Placeholder<TFloat32> x = placeholder(tf, Shape.of(-1, 2));
    UserGraph.Builder empty = UserGraph.builder(graph);
    assertTrue(message(empty::build).contains("at least an input, a loss and a variable"));
    assertTrue(
        message(() -> empty.input("x", placeholder(Ops.create(other), Shape.of(-1, 2))))
            .contains("x must be an operand of the graph"));
    assertTrue(
        message(() -> empty.input("x", placeholder(tf, Shape.of(5, 2)))).contains("unknown batch"));
    assertTrue(message(() -> empty.loss(x)).contains("loss must be a scalar"));
    empty.input("x", x);
    assertTrue(message(() -> empty.input("x", x)).contains("unique"));
    UserGraph digits = softmaxRegression(newGraph()).build();
    assertTrue(
        message(() -> Model.over(digits, Tasks.segmentation(), adam(0.1)))
            .contains("[height, width, classes]"));
  }

  private static String message(Runnable act) {
    return assertThrows(IllegalArgumentException.class, act::run).getMessage();
  }
}
