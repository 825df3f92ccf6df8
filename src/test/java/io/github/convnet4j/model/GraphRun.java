package io.github.convnet4j.model;

import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Rewrite;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** A network with any number of inputs and outputs, applied once to examples. */
final class GraphRun implements AutoCloseable {
  final Graph graph = new Graph();
  final NetworkInGraph net;
  final Applied applied;
  private final Ops tf = Ops.create(graph);
  private final Map<String, Placeholder<TFloat32>> inputs = new LinkedHashMap<>();
  private final Map<String, float[]> examples = new LinkedHashMap<>();
  private final Session session;

  GraphRun(Network network, Mode mode) {
    this(network, mode, Rewrite.all());
  }

  GraphRun(Network network, Mode mode, Set<Rewrite> rewrites) {
    network
        .inputs()
        .forEach(
            (name, shape) ->
                inputs.put(
                    name,
                    tf.withName(name)
                        .placeholder(
                            TFloat32.class, Placeholder.shape(shape.prepend(Shape.UNKNOWN_SIZE)))));
    net = network.build(tf, "net", 777, rewrites);
    applied = net.apply(inputs, mode, tf.constant(0L));
    session = new Session(graph);
    session.initialize();
  }

  /** Sets an input, for any number of examples. */
  GraphRun feed(String input, float... values) {
    examples.put(input, values);
    return this;
  }

  /** Sets the values of a variable. */
  GraphRun set(String name, float... values) {
    Variable<TFloat32> variable = net.variable(name);
    session
        .runner()
        .addTarget(
            tf.assign(variable, tf.reshape(tf.constant(values), tf.constant(variable.shape()))))
        .run()
        .close();
    return this;
  }

  /** Sets all variables to multiples of 1/8, as {@code print_graphs.py} does. */
  static float[] eighths(Shape shape, int seed) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((7 * i + seed) % 11 - 5) / 8f;
    }
    return values;
  }

  GraphRun setEighths(String name, int seed) {
    return set(name, eighths(net.variable(name).shape(), seed));
  }

  /** Returns the values of an operand, flat. */
  float[] fetch(Operand<TFloat32> operand) {
    Map<String, TFloat32> tensors = new LinkedHashMap<>();
    try {
      Session.Runner runner = session.runner().fetch(operand);
      examples.forEach(
          (name, values) -> {
            Shape example = net.network().inputs().get(name);
            Shape shape = example.prepend(values.length / example.size());
            TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values));
            tensors.put(name, tensor);
            runner.feed(inputs.get(name), tensor);
          });
      try (Result result = runner.run()) {
        TFloat32 tensor = (TFloat32) result.get(0);
        float[] values = new float[(int) tensor.size()];
        tensor.copyTo(DataBuffers.of(values));
        return values;
      }
    } finally {
      tensors.values().forEach(TFloat32::close);
    }
  }

  /** Returns an output, flat. */
  float[] output(String name) {
    return fetch(applied.output(name));
  }

  /** Returns the gradient of the sum of an output with respect to an input, flat. */
  float[] gradient(String output, String input) {
    Output<?>[] gradients =
        graph.addGradients(
            applied.output(output).asOutput(), new Output<?>[] {inputs.get(input).asOutput()});
    return fetch(gradients[0].expect(TFloat32.class));
  }

  /** Runs the updates of the training once. */
  void update() {
    Session.Runner runner = session.runner();
    examples.forEach(
        (name, values) -> {
          Shape example = net.network().inputs().get(name);
          runner.feed(
              inputs.get(name),
              TFloat32.tensorOf(
                  example.prepend(values.length / example.size()), DataBuffers.of(values)));
        });
    applied.updates().forEach(runner::addTarget);
    runner.run().close();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
