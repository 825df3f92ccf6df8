package io.github.convnet4j.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The model of {@code src/test/python/print_optimizers.py}: {@code mean((x w + b)²)}, elementwise,
 * with a 2x2 weight and two biases.
 */
final class TinyModel implements AutoCloseable {
  static final float[][] X = {{1.0f, 2.0f}, {-0.5f, 0.25f}};
  static final float[][] W = {{0.5f, -0.25f}, {0.75f, 1.0f}};
  static final float[] B = {0.1f, -0.2f};

  final Graph graph = new Graph();
  final Ops tf = Ops.create(graph);
  final Variable<TFloat32> w = tf.withName("w").variable(tf.constant(W));
  final Variable<TFloat32> b = tf.withName("b").variable(tf.constant(B));
  final Operand<TFloat32> loss =
      tf.math.mean(
          tf.math.square(tf.math.add(tf.math.mul(tf.constant(X), w), b)),
          tf.constant(new int[] {0, 1}));

  List<Variable<TFloat32>> variables() {
    return List.of(w, b);
  }

  /** Returns the four weights and two biases after each step. */
  List<float[]> train(int steps, Function<TinyModel, Op> minimize) {
    Op step = minimize.apply(this);
    List<float[]> after = new ArrayList<>();
    try (Session session = new Session(graph)) {
      session.initialize();
      for (int i = 0; i < steps; i++) {
        session.runner().addTarget(step).run().close();
        after.add(values(session));
      }
    }
    return after;
  }

  /** Trains with an optimizer of this project. */
  static List<float[]> trainWith(Optimizer optimizer, int steps) {
    try (TinyModel model = new TinyModel()) {
      return model.train(steps, m -> optimizer.minimize(m.graph, m.loss, m.variables()).op());
    }
  }

  float[] values(Session session) {
    float[] values = new float[6];
    try (Result result = session.runner().fetch(w).fetch(b).run()) {
      TFloat32 weight = (TFloat32) result.get(0);
      TFloat32 bias = (TFloat32) result.get(1);
      for (int i = 0; i < 4; i++) {
        values[i] = weight.getFloat(i / 2, i % 2);
      }
      values[4] = bias.getFloat(0);
      values[5] = bias.getFloat(1);
    }
    return values;
  }

  @Override
  public void close() {
    graph.close();
  }
}
