package io.github.convnet4j.own;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.optimizer.StepBuilder;
import io.github.convnet4j.optimizer.TrainingStep;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelJson;
import io.github.convnet4j.train.ModelOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Optimizers as users write them, with the public API only: {@link Lion} and another one. */
class OwnOptimizerTest {
  private static final float[] START = {0.5f, -0.25f, 0.75f};

  /** The gradients of the steps that are compared with the paper's arithmetic. */
  private static final float[][] GRADIENTS = {
    {0.7f, -0.2f, 0.01f}, {-0.1f, 0.9f, 0.02f}, {-0.9f, 0.8f, -0.3f}, {-0.9f, -0.7f, 0}
  };

  private static final ModelJson JSON = ModelJson.standard().withOptimizer("lion", Lion.class);

  private static final DataSet IMAGES = BundledDigits.read().train().subset(0, 130);

  private static final Network NETWORK =
      Network.of(
          Shape.of(28, 28, 1), conv2d(4, 3).stride(2), relu(), dropout(0.3), flatten(), dense(10));

  @TempDir Path folder;

  /** Gradient descent whose steps are divided by the number of the step. */
  record Slower(double learningRate) implements Optimizer {
    @Override
    public TrainingStep apply(
        Graph graph,
        List<Variable<TFloat32>> variables,
        List<? extends Operand<TFloat32>> gradients) {
      StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
      Variable<TFloat32> t =
          step.scalar("t", 1, (tf, value) -> tf.math.add(value, tf.constant(1f)));
      Operand<TFloat32> rate = step.tf().math.div(step.learningRate(), t);
      return step.build(
          (tf, variable, gradient) -> List.of(tf.assignSub(variable, tf.math.mul(rate, gradient))));
    }
  }

  /** Returns the weights after each step with {@link #GRADIENTS}. */
  private static float[][] descend(Optimizer optimizer, Optional<Float> fedRate) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> w = tf.withName("w").variable(tf.constant(START));
      Placeholder<TFloat32> slope =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(START.length)));
      TrainingStep step = optimizer.minimize(graph, tf.math.mul(w, slope), List.of(w));
      float[][] after = new float[GRADIENTS.length][START.length];
      try (Session session = new Session(graph)) {
        session.initialize();
        for (int i = 0; i < GRADIENTS.length; i++) {
          try (TFloat32 gradient = TFloat32.vectorOf(GRADIENTS[i]);
              TFloat32 rate = TFloat32.scalarOf(fedRate.orElse((float) optimizer.learningRate()))) {
            session
                .runner()
                .feed(slope, gradient)
                .feed(step.learningRate(), rate)
                .addTarget(step.op())
                .run()
                .close();
          }
          try (Result result = session.runner().fetch(w).run()) {
            ((TFloat32) result.get(0)).copyTo(DataBuffers.of(after[i]));
          }
        }
      }
      return after;
    }
  }

  /** The paper's arithmetic, in the order in which the graph computes. */
  private static float[][] lion(float rate, float beta1, float beta2, float decay) {
    float[] w = START.clone();
    float[] m = new float[w.length];
    float[][] after = new float[GRADIENTS.length][];
    for (int t = 0; t < GRADIENTS.length; t++) {
      for (int i = 0; i < w.length; i++) {
        float g = GRADIENTS[t][i];
        float sign = Math.signum(m[i] * beta1 + g * (1 - beta1));
        w[i] -= rate * (sign + w[i] * decay);
        m[i] = m[i] * beta2 + g * (1 - beta2);
      }
      after[t] = w.clone();
    }
    return after;
  }

  @Test
  void lionFollowsItsPaper() {
    float[][] expected = lion(0.01f, 0.75f, 0.875f, 0.5f);
    float[][] actual = descend(new Lion(0.01, 0.75, 0.875, 0.5), Optional.empty());
    for (int step = 0; step < expected.length; step++) {
      assertArrayEquals(expected[step], actual[step], 1e-7f, "step " + (step + 1));
    }
    // In the second step the running mean outweighs the gradient: the weight falls once more.
    assertTrue(GRADIENTS[1][0] < 0 && actual[1][0] < actual[0][0]);
  }

  @Test
  void aFedLearningRateReplacesTheOptimizersOwn() {
    assertArrayEquals(
        lion(0.25f, 0.75f, 0.875f, 0)[0],
        descend(new Lion(0.01, 0.75, 0.875, 0), Optional.of(0.25f))[0],
        1e-7f);
  }

  @Test
  void aScalarChangesOncePerStep() {
    float[][] actual = descend(new Slower(0.5), Optional.empty());
    float w = START[0];
    for (int t = 1; t <= GRADIENTS.length; t++) {
      w -= 0.5f / t * GRADIENTS[t - 1][0];
      assertEquals(w, actual[t - 1][0], 1e-7f, "step " + t);
    }
  }

  private static void assertSameWeights(Model<Prediction> expected, Model<Prediction> actual) {
    for (Parameter parameter : expected.network().parameters()) {
      String name = parameter.name();
      assertArrayEquals(expected.weights(name), actual.weights(name), name);
    }
  }

  @Test
  void aSavedModelResumesBitForBit() {
    Lion lion = new Lion(0.001, 0.9, 0.99, 0.01);
    ModelOptions options = ModelOptions.seed(7);
    FitOptions two = FitOptions.epochs(2).batchSize(50);
    try (Model<Prediction> straight = Model.of(NETWORK, Tasks.classification(), lion, options);
        Model<Prediction> first = Model.of(NETWORK, Tasks.classification(), lion, options)) {
      straight.fit(IMAGES, FitOptions.epochs(4).batchSize(50));
      first.fit(IMAGES, two);
      first.save(folder, JSON);
      try (Model<Prediction> resumed = Model.load(folder, Prediction.class, JSON)) {
        assertEquals(lion, resumed.optimizer());
        resumed.fit(IMAGES, two);
        assertSameWeights(straight, resumed);
      }
    }
  }

  @Test
  void anOptimizerThatIsNotRegisteredIsNamedBeforeAnythingIsWritten() {
    try (Model<Prediction> classifier =
        Model.of(NETWORK, Tasks.classification(), new Lion(0.001, 0.9, 0.99, 0))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> classifier.save(folder)).getMessage();
      assertTrue(message.contains("Lion") && message.contains("ModelJson"), message);
    }
  }
}
