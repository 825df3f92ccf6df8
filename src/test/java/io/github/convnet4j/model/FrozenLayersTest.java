package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.optimizer.Optimizers;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Which variables training changes if layers are frozen. */
class FrozenLayersTest {
  private static final Network NETWORK =
      Network.of(
          Shape.of(4, 4, 1),
          conv2d(2, 3),
          batchNorm(),
          relu(),
          residual(conv2d(2, 3), batchNorm()),
          flatten(),
          dense(2));

  /** Returns the names of the variables that three steps of gradient descent change. */
  private static Set<String> changed(Network network) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      float[] pixels = new float[3 * 16];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (i * i % 7) / 7f;
      }
      NetworkInGraph net = network.build(tf, "net", 777);
      Applied training =
          net.apply(
              tf.reshape(tf.constant(pixels), tf.constant(Shape.of(3, 4, 4, 1))), Mode.TRAINING);
      Operand<TFloat32> labels = tf.constant(new float[][] {{1, 0}, {0, 1}, {1, 0}});
      Operand<TFloat32> loss =
          tf.nn.softmaxCrossEntropyWithLogits(training.output(), labels).loss();
      var step = Optimizers.sgd(0.1).minimize(graph, loss, net.trainableVariables());
      session.initialize();
      Map<String, float[]> before = values(session, net);
      for (int i = 0; i < 3; i++) {
        Session.Runner runner = session.runner().addTarget(step.op());
        training.updates().forEach(runner::addTarget);
        runner.run().close();
      }
      Set<String> changed = new TreeSet<>();
      values(session, net)
          .forEach(
              (name, now) -> {
                if (!Arrays.equals(now, before.get(name))) {
                  changed.add(name.substring("net/".length()));
                }
              });
      return changed;
    }
  }

  private static Map<String, float[]> values(Session session, NetworkInGraph net) {
    Map<String, float[]> values = new TreeMap<>();
    for (Variable<TFloat32> variable : net.variables()) {
      try (Result result = session.runner().fetch(variable).run()) {
        float[] copy = new float[(int) variable.shape().size()];
        ((TFloat32) result.get(0)).copyTo(DataBuffers.of(copy));
        values.put(variable.op().name(), copy);
      }
    }
    return values;
  }

  private static Set<String> names(String... names) {
    return new TreeSet<>(Set.of(names));
  }

  @Test
  void withoutFrozenLayersAllVariablesChange() {
    Set<String> all = new TreeSet<>();
    NETWORK.parameters().forEach(p -> all.add(p.name()));
    // A bias before batch normalization has no effect: subtracting the batch's mean cancels it.
    Set<String> moved = changed(NETWORK);
    moved.add("conv2d/bias");
    moved.add("residual/conv2d/bias");
    assertEquals(all, moved);
  }

  @Test
  void frozenLayersAndTheirStatisticsDoNotChange() {
    assertEquals(
        names("dense/bias", "dense/kernel"),
        changed(NETWORK.freeze("conv2d", "batch_norm", "residual")));
    assertEquals(
        names(
            "dense/bias",
            "dense/kernel",
            "residual/batch_norm/beta",
            "residual/batch_norm/gamma",
            "residual/batch_norm/moving_mean",
            "residual/batch_norm/moving_variance"),
        changed(NETWORK.freeze("conv2d", "batch_norm", "residual/conv2d")));
  }
}
