package io.github.convnet4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Adam against its paper, with a gradient that everyone can see: the loss is 3w. */
class AdamTest {
  /**
   * Float arithmetic: each step rounds a handful of times, each time by 2^-24 of a value near 1.
   */
  private static final double TOLERANCE = 1e-6;

  @Test
  void threeStepsAreThePapers() {
    double[] gradients = {3, 3, 3};
    double m = 0;
    double v = 0;
    double w = 1;
    double[] expected = new double[3];
    for (int t = 1; t <= 3; t++) {
      double g = gradients[t - 1];
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double correction = Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
      w -= 0.1 * correction * m / (Math.sqrt(v) + 1e-8);
      expected[t - 1] = w;
    }
    double[] actual = descend(Optimizers.adam(0.1f), 3);
    for (int t = 0; t < 3; t++) {
      assertEquals(expected[t], actual[t], TOLERANCE, "step " + (t + 1));
    }
  }

  private static double[] descend(Optimizer optimizer, int steps) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> w = tf.withName("w").variable(tf.constant(1f));
      Op step = optimizer.minimize(graph, tf.math.mul(w, tf.constant(3f)), List.of(w)).op();
      double[] values = new double[steps];
      try (Session session = new Session(graph)) {
        session.initialize();
        for (int i = 0; i < steps; i++) {
          session.runner().addTarget(step).run().close();
          try (Result result = session.runner().fetch(w).run()) {
            values[i] = ((TFloat32) result.get(0)).getFloat();
          }
        }
      }
      return values;
    }
  }
}
