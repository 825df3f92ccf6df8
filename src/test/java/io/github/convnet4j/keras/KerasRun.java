package io.github.convnet4j.keras;

import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.Applied;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.NetworkInGraph;
import io.github.convnet4j.model.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.tensorflow.types.TFloat32;

/** A network with given weights in a graph of its own, applied once in inference mode. */
final class KerasRun implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Network network;
  private final NetworkInGraph built;
  private final Map<String, Placeholder<TFloat32>> inputs = new HashMap<>();
  private final Applied applied;
  private final Session session;

  KerasRun(Network network, Weights weights) {
    this.network = network;
    this.built = network.build(tf, "net", 7);
    network
        .inputs()
        .forEach(
            (name, shape) ->
                inputs.put(
                    name, tf.placeholder(TFloat32.class, Placeholder.shape(shape.prepend(-1)))));
    this.applied = built.apply(inputs, Mode.INFERENCE);
    List<Placeholder<TFloat32>> values = new ArrayList<>();
    List<Op> assignments = new ArrayList<>();
    List<String> names = network.parameters().stream().map(p -> p.name()).toList();
    for (String name : names) {
      Placeholder<TFloat32> value = tf.placeholder(TFloat32.class);
      values.add(value);
      assignments.add(tf.assign(built.variable(name), value));
    }
    this.session = new Session(graph);
    List<Tensor> tensors = new ArrayList<>();
    Session.Runner runner = session.runner();
    for (int i = 0; i < names.size(); i++) {
      Tensor tensor = tensor(weights.shape(names.get(i)), weights.values(names.get(i)));
      tensors.add(tensor);
      runner.feed(values.get(i), tensor).addTarget(assignments.get(i));
    }
    if (!names.isEmpty()) {
      runner.run().close();
    }
    tensors.forEach(Tensor::close);
  }

  Ops tf() {
    return tf;
  }

  /** Returns the output of the network. */
  Operand<TFloat32> output() {
    return applied.output();
  }

  /** Returns an output of the network. */
  Operand<TFloat32> output(String name) {
    return applied.output(name);
  }

  /** Returns the gradient of a loss with respect to a variable. */
  Operand<TFloat32> gradient(Operand<TFloat32> loss, String variable) {
    Output<?>[] gradients =
        graph.addGradients(loss.asOutput(), new Output<?>[] {built.variable(variable).asOutput()});
    return tf.identity(gradients[0].expect(TFloat32.class));
  }

  /** Returns the values of operands for the only input, flat. */
  List<float[]> fetch(float[] input, Operand<?>... operands) {
    return fetch(Map.of(network.inputs().keySet().iterator().next(), input), operands);
  }

  /** Returns the values of operands for inputs by name, flat. */
  List<float[]> fetch(Map<String, float[]> values, Operand<?>... operands) {
    List<Tensor> tensors = new ArrayList<>();
    Session.Runner runner = session.runner();
    values.forEach(
        (name, input) -> {
          Shape shape = network.inputs().get(name);
          Tensor tensor = tensor(shape.prepend(input.length / shape.size()), input);
          tensors.add(tensor);
          runner.feed(inputs.get(name), tensor);
        });
    for (Operand<?> operand : operands) {
      runner.fetch(operand);
    }
    List<float[]> arrays = new ArrayList<>();
    try (Result result = runner.run()) {
      result.forEach(
          entry -> {
            float[] array = new float[Math.toIntExact(entry.getValue().shape().size())];
            ((TFloat32) entry.getValue()).copyTo(DataBuffers.of(array));
            arrays.add(array);
          });
    } finally {
      tensors.forEach(Tensor::close);
    }
    return arrays;
  }

  private static Tensor tensor(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }

  /** Returns the largest difference, as a share of the largest expected value. */
  static double difference(float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      throw new AssertionError("%d values, not %d".formatted(actual.length, expected.length));
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      // NaN must not look like no difference.
      difference =
          Float.isNaN(actual[i])
              ? Double.POSITIVE_INFINITY
              : Math.max(difference, Math.abs((double) expected[i] - actual[i]));
    }
    return difference / largest;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
