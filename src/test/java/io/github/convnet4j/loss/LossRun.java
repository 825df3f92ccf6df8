package io.github.convnet4j.loss;

import java.util.function.BiFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A loss in a separate graph and session, with arrays as input and output. */
final class LossRun {
  private LossRun() {}

  /**
   * Returns the losses of the examples.
   *
   * @param shape of outputs and targets, {@code [batch, …, n]}
   */
  static float[] perExample(Loss loss, Shape shape, float[] outputs, float[] targets) {
    return run(shape, outputs, targets, (tf, in) -> loss.perExample(tf, in.outputs, in.targets));
  }

  /** Returns the gradient of the mean loss with respect to the outputs. */
  static float[] gradient(Loss loss, Shape shape, float[] outputs, float[] targets) {
    return run(shape, outputs, targets, (tf, in) -> gradient(tf, loss, in));
  }

  static float[] predictions(Loss loss, Shape shape, float... outputs) {
    return run(shape, outputs, outputs, (tf, in) -> loss.predictions(tf, tf.identity(in.outputs)));
  }

  static float[] perExample(Loss loss, float[][] outputs, float[][] targets) {
    return run(outputs, targets, (tf, in) -> loss.perExample(tf, in.outputs, in.targets));
  }

  static float mean(Loss loss, float[][] outputs, float[][] targets) {
    return run(outputs, targets, (tf, in) -> loss.mean(tf, in.outputs, in.targets))[0];
  }

  static float[] predictions(Loss loss, float[]... outputs) {
    return run(outputs, outputs, (tf, in) -> loss.predictions(tf, tf.identity(in.outputs)));
  }

  /** The gradient of the mean loss with respect to the outputs, flat. */
  static float[] gradient(Loss loss, float[][] outputs, float[][] targets) {
    return run(outputs, targets, (tf, in) -> gradient(tf, loss, in));
  }

  private static Operand<TFloat32> gradient(Ops tf, Loss loss, Inputs in) {
    Graph graph = (Graph) tf.scope().env();
    Operand<TFloat32> mean = loss.mean(tf, in.outputs, in.targets);
    Output<?>[] gradients =
        graph.addGradients(mean.asOutput(), new Output<?>[] {in.outputs.asOutput()});
    return gradients[0].expect(TFloat32.class);
  }

  /**
   * The same gradient from central differences of the per-example losses, summed in double
   * precision.
   */
  static double[] differences(Loss loss, float[][] outputs, float[][] targets) {
    float h = 1 / 64f;
    int n = outputs[0].length;
    double[] gradient = new double[outputs.length * n];
    for (int i = 0; i < gradient.length; i++) {
      float[][] changed = new float[outputs.length][];
      for (int j = 0; j < changed.length; j++) {
        changed[j] = outputs[j].clone();
      }
      changed[i / n][i % n] += h;
      double above = sum(perExample(loss, changed, targets));
      changed[i / n][i % n] -= 2 * h;
      double below = sum(perExample(loss, changed, targets));
      gradient[i] = (above - below) / (2 * h) / outputs.length;
    }
    return gradient;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private record Inputs(Placeholder<TFloat32> outputs, Placeholder<TFloat32> targets) {}

  private static float[] run(
      float[][] outputs, float[][] targets, BiFunction<Ops, Inputs, Operand<TFloat32>> build) {
    Shape shape = Shape.of(outputs.length, outputs[0].length);
    return run(shape, flat(outputs), flat(targets), build);
  }

  private static float[] run(
      Shape shape,
      float[] outputs,
      float[] targets,
      BiFunction<Ops, Inputs, Operand<TFloat32>> build) {
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        TFloat32 out = TFloat32.tensorOf(shape, DataBuffers.of(outputs));
        TFloat32 target = TFloat32.tensorOf(shape, DataBuffers.of(targets))) {
      Ops tf = Ops.create(graph);
      Shape unknownBatch = shape.tail().prepend(Shape.UNKNOWN_SIZE);
      Inputs in =
          new Inputs(
              tf.placeholder(TFloat32.class, Placeholder.shape(unknownBatch)),
              tf.placeholder(TFloat32.class, Placeholder.shape(unknownBatch)));
      Operand<TFloat32> requested = build.apply(tf, in);
      try (Result result =
          session.runner().feed(in.outputs, out).feed(in.targets, target).fetch(requested).run()) {
        float[] values = new float[(int) result.get(0).shape().size()];
        ((TFloat32) result.get(0)).copyTo(DataBuffers.of(values));
        return values;
      }
    }
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows[i / rows[0].length][i % rows[0].length];
    }
    return flat;
  }
}
