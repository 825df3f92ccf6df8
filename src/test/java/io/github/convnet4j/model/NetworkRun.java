package io.github.convnet4j.model;

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Rewrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A network in a separate graph and session, applied once, with arrays as input and output. Its
 * loss is the sum of the outputs times {@link #lossWeights}, so that all gradients differ.
 */
public final class NetworkRun implements AutoCloseable {
  public final Graph graph = new Graph();
  public final Ops tf = Ops.create(graph);
  public final NetworkInGraph net;
  public final Applied applied;
  private final Shape inputShape;
  private final Placeholder<TFloat32> input = tf.placeholder(TFloat32.class);
  private final Placeholder<TInt64> step =
      tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
  private final Map<String, Placeholder<TFloat32>> newValues = new HashMap<>();
  private final Map<String, Op> assignments = new HashMap<>();
  private final Session session;
  private long now;

  public NetworkRun(Network network, int batch, Mode mode) {
    this(network, batch, mode, Rewrite.all());
  }

  public NetworkRun(Network network, int batch, Mode mode, Set<Rewrite> rewrites) {
    net = network.build(tf, "net", 777, rewrites);
    inputShape = network.input().prepend(batch);
    Operand<TFloat32> shaped = tf.reshape(input, tf.constant(inputShape));
    applied = net.apply(shaped, mode, step);
    for (Variable<TFloat32> variable : net.variables()) {
      Placeholder<TFloat32> value = tf.placeholder(TFloat32.class);
      newValues.put(variable.op().name(), value);
      assignments.put(
          variable.op().name(),
          tf.assign(variable, tf.reshape(value, tf.constant(variable.shape()))));
    }
    session = new Session(graph);
  }

  /** Applies layers to {@code batch} examples. */
  public static NetworkRun of(Shape input, int batch, Mode mode, Layer... layers) {
    return new NetworkRun(Network.of(input, layers), batch, mode);
  }

  /** Sets the values of a variable, for example {@code "conv2d/kernel"}. */
  public NetworkRun set(String variable, float... values) {
    String name = net.variable(variable).op().name();
    try (TFloat32 tensor = tensor(values)) {
      session
          .runner()
          .feed(newValues.get(name), tensor)
          .addTarget(assignments.get(name))
          .run()
          .close();
    }
    return this;
  }

  /** Returns the values of a variable. */
  public float[] get(String variable) {
    return fetch(net.variable(variable), new float[(int) inputShape.size()]);
  }

  /** Sets the step, on which dropout's masks depend. */
  public NetworkRun step(long newStep) {
    now = newStep;
    return this;
  }

  /** Returns the output, flat. */
  public float[] forward(float... values) {
    return fetch(applied.output(), values);
  }

  /** Returns the value of an operand for this input, flat. */
  public float[] fetch(Operand<TFloat32> operand, float... values) {
    try (TFloat32 in = tensor(values);
        TInt64 steps = TInt64.scalarOf(now);
        Result result =
            session.runner().feed(input, in).feed(step, steps).fetch(operand.asOutput()).run()) {
      return floats(result.get(0));
    }
  }

  /** Runs the update operations for this input. */
  public void update(float... values) {
    try (TFloat32 in = tensor(values);
        TInt64 steps = TInt64.scalarOf(now)) {
      Session.Runner runner = session.runner().feed(input, in).feed(step, steps);
      applied.updates().forEach(runner::addTarget);
      runner.run().close();
    }
  }

  /** Returns the factors of the outputs in the loss; neighbors always differ. */
  public static float[] lossWeights(int n) {
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      weights[i] = (float) Math.cos(1.7 * i) + 0.3f;
    }
    return weights;
  }

  /** Returns the loss, summed in double precision. */
  public double loss(float... values) {
    float[] output = forward(values);
    float[] weights = lossWeights(output.length);
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      sum += (double) output[i] * weights[i];
    }
    return sum;
  }

  /**
   * Returns the gradients of the loss with respect to the input, then to each trainable variable.
   */
  public List<float[]> gradients(float... values) {
    int size = forward(values).length;
    Operand<TFloat32> flat = tf.reshape(applied.output(), tf.constant(new int[] {-1}));
    Operand<TFloat32> loss =
        tf.reduceSum(tf.math.mul(flat, tf.constant(lossWeights(size))), tf.constant(0));
    List<Output<?>> of = new ArrayList<>();
    of.add(input.asOutput());
    net.trainableVariables().forEach(v -> of.add(v.asOutput()));
    Output<?>[] gradients = graph.addGradients(loss.asOutput(), of.toArray(Output<?>[]::new));
    try (TFloat32 in = tensor(values);
        TInt64 steps = TInt64.scalarOf(now)) {
      Session.Runner runner = session.runner().feed(input, in).feed(step, steps);
      for (Output<?> gradient : gradients) {
        runner.fetch(gradient);
      }
      List<float[]> arrays = new ArrayList<>();
      try (Result result = runner.run()) {
        result.forEach(entry -> arrays.add(floats(entry.getValue())));
      }
      return arrays;
    }
  }

  private static TFloat32 tensor(float[] values) {
    return TFloat32.tensorOf(Shape.of(values.length), DataBuffers.of(values));
  }

  private static float[] floats(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().size()];
    ((TFloat32) tensor).copyTo(DataBuffers.of(values));
    return values;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
