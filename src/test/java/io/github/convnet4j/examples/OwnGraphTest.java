package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.optimizer.Optimizers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.framework.optimizers.Momentum;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A network of the model builder in your own graph and training loop. */
class OwnGraphTest {
  private static final DataSets DIGITS = BundledDigits.read();
  private static final TrainingSettings ONCE = OwnGraph.DEFAULTS.withEpochs(1);

  @Test
  void frameworksMomentumTrainsIt() {
    Recorder recorder = new Recorder();
    OwnGraph.Outcome outcome =
        OwnGraph.trainWithFramework(recorder.console(), DIGITS, OwnGraph.DEFAULTS);
    assertLearned(outcome, "Momentum, of TensorFlow's framework:", recorder.out());
  }

  @Test
  void theLibrarysAdamTrainsIt() {
    Recorder recorder = new Recorder();
    OwnGraph.Outcome outcome =
        OwnGraph.trainWithAdam(recorder.console(), DIGITS, OwnGraph.DEFAULTS);
    assertLearned(outcome, "Adam, of convnet4j:", recorder.out());
  }

  private static void assertLearned(OwnGraph.Outcome outcome, String title, String printed) {
    assertEquals(257, outcome.tested());
    assertTrue(outcome.accuracy() >= 0.85, outcome::toString);
    List<Double> costs = outcome.costs();
    assertEquals(5, costs.size());
    assertTrue(costs.get(4) < costs.get(0) / 5, outcome::toString);
    List<String> lines = printed.lines().toList();
    assertEquals(7, lines.size(), printed);
    assertEquals(title, lines.get(0));
    assertTrue(
        lines
            .get(5)
            .startsWith(String.format(Locale.ROOT, "Epoch: 0005 cost = %.6f", costs.get(4))),
        printed);
    assertEquals(
        String.format(Locale.ROOT, "Test accuracy: %.4f", outcome.correct() / 257.0), lines.get(6));
  }

  @Test
  void onlyTheSameSeedGivesTheSameNumbers() {
    OwnGraph.Outcome first = OwnGraph.trainWithAdam(new Recorder().console(), DIGITS, ONCE);
    assertEquals(first, OwnGraph.trainWithAdam(new Recorder().console(), DIGITS, ONCE));
    TrainingSettings other =
        new TrainingSettings(
            1, ONCE.batchSize(), ONCE.learningRate(), ONCE.keepProbability(), ONCE.seed() + 1);
    assertNotEquals(first, OwnGraph.trainWithAdam(new Recorder().console(), DIGITS, other));
  }

  /** A reference under another name is the variable itself: the steps are the same, bit for bit. */
  @Test
  void frameworksMomentumTakesTheSameStepsAsTheLibrarys() {
    OwnGraph.Outcome ours =
        OwnGraph.train(
            new Recorder().console(),
            DIGITS,
            ONCE,
            (graph, loss, variables) ->
                Optimizers.sgd(OwnGraph.MOMENTUM_RATE)
                    .momentum(OwnGraph.MOMENTUM)
                    .minimize(graph, loss, variables)
                    .op());
    assertEquals(ours, OwnGraph.trainWithFramework(new Recorder().console(), DIGITS, ONCE));
  }

  /**
   * The reason why the example passes references: the optimizer derives names from the variables'
   * names.
   */
  @Test
  void frameworksMomentumRefusesTheSlashInAVariablesName() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      NetworkInGraph net =
          OwnGraphNet.network(Shape.of(28, 28, 1), 1).build(tf, "net", ONCE.seed());
      net.apply(tf.constant(new float[1][28][28][1]), Mode.INFERENCE);
      var variable = net.variable("conv2d/kernel");
      Operand<TFloat32> gradient = tf.zerosLike(variable);
      List<GradAndVar<?>> pairs =
          List.of(new GradAndVar<>(gradient.asOutput(), variable.asOutput()));
      Momentum momentum = new Momentum(graph, 0.1f, 0.9f);
      String message =
          assertThrows(IllegalArgumentException.class, () -> momentum.applyGradients(pairs, "step"))
              .getMessage();
      assertTrue(message.startsWith("invalid name: 'net/conv2d/kernel-momentum'"), message);
    }
  }
}
