package io.github.convnet4j.optimizer;

import java.util.List;
import java.util.function.BiFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** The loss {@code g w}, with {@code w} initially 1; its gradient is the {@code g} that is fed. */
final class Slope {
  private Slope() {}

  /** Returns {@code w} after each step, one step for each gradient. */
  static double[] descend(Optimizer optimizer, double... gradients) {
    return train(
        gradients, (loss, w) -> optimizer.minimize((Graph) loss.env(), loss, List.of(w)).op());
  }

  /**
   * Does the same with an optimizer of TensorFlow Java's framework, created for the slope's graph.
   */
  static double[] descend(
      java.util.function.Function<Graph, org.tensorflow.framework.optimizers.Optimizer> optimizer,
      double... gradients) {
    return train(gradients, (loss, w) -> optimizer.apply((Graph) loss.env()).minimize(loss));
  }

  private static double[] train(
      double[] gradients, BiFunction<Operand<TFloat32>, Variable<TFloat32>, Op> minimize) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> w = tf.variable(tf.constant(1f));
      Placeholder<TFloat32> g = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
      Op step = minimize.apply(tf.math.mul(w, g), w);
      double[] values = new double[gradients.length];
      try (Session session = new Session(graph)) {
        session.initialize();
        for (int i = 0; i < gradients.length; i++) {
          try (TFloat32 gradient = TFloat32.scalarOf((float) gradients[i])) {
            session.runner().feed(g, gradient).addTarget(step).run().close();
          }
          try (Result result = session.runner().fetch(w).run()) {
            values[i] = ((TFloat32) result.get(0)).getFloat();
          }
        }
      }
      return values;
    }
  }
}
