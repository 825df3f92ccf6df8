package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Parameter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.EagerSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A network in a graph with other operations. */
class NetworkInGraphTest {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Network network = Network.of(Shape.of(2), dense(3), relu(), dense(2));
  private final Operand<TFloat32> input = tf.constant(new float[][] {{1, 2}, {3, -4}});

  @AfterEach
  void close() {
    graph.close();
  }

  private float[] value(Session session, Operand<TFloat32> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[(int) tensor.size()];
      tensor.copyTo(DataBuffers.of(values));
      return values;
    }
  }

  private static List<String> names(List<Variable<TFloat32>> variables) {
    return variables.stream().map(v -> v.op().name()).toList();
  }

  @Test
  void variablesAreNamedByScopeLayerAndParameter() {
    Network deep = Network.of(Shape.of(2), residual(dense(2), batchNorm()), dense(1).name("out"));
    NetworkInGraph net = deep.build(tf, "net", 1);
    net.apply(input, Mode.INFERENCE);
    assertEquals(
        List.of(
            "net/residual/dense/kernel",
            "net/residual/dense/bias",
            "net/residual/batch_norm/gamma",
            "net/residual/batch_norm/beta",
            "net/residual/batch_norm/moving_mean",
            "net/residual/batch_norm/moving_variance",
            "net/out/kernel",
            "net/out/bias"),
        names(net.variables()));
    assertEquals(
        deep.parameters().stream().map(p -> "net/" + p.name()).toList(), names(net.variables()));
    assertEquals(
        deep.parameters().stream()
            .filter(Parameter::trainable)
            .map(p -> "net/" + p.name())
            .toList(),
        names(net.trainableVariables()));
  }

  @Test
  void applicationsShareTheVariables() {
    NetworkInGraph net = network.build(tf, "net", 1);
    Operand<TFloat32> first = net.apply(input, Mode.TRAINING).output();
    List<Variable<TFloat32>> variables = net.variables();
    Operand<TFloat32> second = net.apply(input, Mode.INFERENCE).output();
    Operand<TFloat32> third = net.apply(input, Mode.INFERENCE).output();
    assertEquals(variables, net.variables());
    assertEquals(4, variables.size());
    try (Session session = new Session(graph)) {
      assertArrayEquals(value(session, first), value(session, second));
      assertArrayEquals(value(session, first), value(session, third));
      Variable<TFloat32> bias = net.variable("dense_1/bias");
      float[] before = value(session, first);
      session.runner().addTarget(tf.assign(bias, tf.constant(new float[] {10, 20}))).run().close();
      float[] after = value(session, third);
      assertEquals(before[0] + 10, after[0], 1e-5f);
      assertEquals(before[1] + 20, after[1], 1e-5f);
    }
  }

  @Test
  void networksThatAreBuiltTwiceHaveSeparateWeights() {
    NetworkInGraph left = network.build(tf, "left", 1);
    NetworkInGraph right = network.build(tf, "right", 2);
    NetworkInGraph again = network.build(tf, "left", 1);
    Operand<TFloat32> first = left.apply(input, Mode.INFERENCE).output();
    Operand<TFloat32> second = right.apply(input, Mode.INFERENCE).output();
    Operand<TFloat32> third = again.apply(input, Mode.INFERENCE).output();
    assertEquals("right/dense/kernel", names(right.variables()).get(0));
    assertEquals("left_1/dense/kernel", names(again.variables()).get(0));
    try (Session session = new Session(graph)) {
      assertFalse(Arrays.equals(value(session, first), value(session, second)));
      assertArrayEquals(value(session, first), value(session, third), "the same seed");
    }
  }

  @Test
  void batchSizeCanBeUnknown() {
    Operand<TFloat32> unknown =
        tf.placeholderWithDefault(tf.constant(new float[5][16]), Shape.of(Shape.UNKNOWN_SIZE, 16));
    Operand<TFloat32> images = tf.reshape(unknown, tf.constant(new int[] {-1, 4, 4, 1}));
    Network convolutional =
        Network.of(
            Shape.of(4, 4, 1),
            conv2d(2, 2).dilation(3),
            batchNorm(),
            residual(conv2d(3, 3).stride(2)),
            flatten(),
            batchNorm(),
            dense(2));
    Operand<TFloat32> output =
        convolutional.build(tf, "net", 1).apply(images, Mode.TRAINING).output();
    assertEquals(Shape.UNKNOWN_SIZE, output.shape().get(0));
    try (Session session = new Session(graph)) {
      assertEquals(10, value(session, output).length);
    }
  }

  @Test
  void frozenLayersAreNotTrainable() {
    NetworkInGraph net = network.freeze("dense").build(tf, "net", 1);
    net.apply(input, Mode.TRAINING);
    assertEquals(
        List.of("net/dense_1/kernel", "net/dense_1/bias"), names(net.trainableVariables()));
    assertEquals(4, net.variables().size());
  }

  @Test
  void rejectsWrongOperands() {
    NetworkInGraph net = network.build(tf, "net", 1);
    assertRejected(
        () -> net.apply(tf.constant(new float[2][3]), Mode.INFERENCE), "input", "[2]", "[2, 3]");
    assertRejected(
        () -> net.apply(input, Mode.TRAINING, tf.constant(new long[1])), "step", "scalar", "[1]");
    try (Graph other = new Graph()) {
      Ops elsewhere = Ops.create(other);
      Operand<TFloat32> alien = elsewhere.constant(new float[1][2]);
      Operand<TInt64> step = elsewhere.constant(1L);
      assertRejected(() -> net.apply(alien, Mode.INFERENCE), "input", "graph");
      assertRejected(() -> net.apply(input, Mode.TRAINING, step), "step", "graph");
    }
    try (EagerSession eager = EagerSession.create()) {
      assertRejected(() -> network.build(Ops.create(eager), "net", 1), "tf", "graph", "eager");
    }
  }

  private static void assertRejected(Executable executable, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, executable).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void theFirstApplicationCreatesTheVariables() {
    NetworkInGraph net = network.build(tf, "net", 1);
    for (var early :
        List.<Executable>of(
            net::variables, net::trainableVariables, () -> net.variable("dense/kernel"))) {
      String message = assertThrows(IllegalStateException.class, early).getMessage();
      assertTrue(message.contains("apply"), message);
    }
    net.apply(input, Mode.INFERENCE);
    assertRejected(() -> net.variable("dense/krenel"), "name", "dense/kernel", "dense/krenel");
  }

  /** A layer that violates its contract. */
  private record Liar(boolean asks) implements Layer {
    @Override
    public String kind() {
      return "liar";
    }

    @Override
    public Shape outputShape(Shape shape) {
      return Shape.of(5);
    }

    @Override
    public List<Parameter> parameters(Shape shape) {
      return new Scale(1).parameters(shape);
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> operand) {
      return context
          .tf()
          .identity(asks ? context.tf().math.mul(operand, context.weight("factr")) : operand);
    }
  }

  @Test
  void namesLayersThatViolateTheirContract() {
    assertRejected(
        () -> Network.of(Shape.of(2), new Liar(true)).build(tf, "n", 1).apply(input, Mode.TRAINING),
        "liar/factr");
    String message =
        assertThrows(
                IllegalStateException.class,
                () ->
                    Network.of(Shape.of(2), new Liar(false))
                        .build(tf, "n", 1)
                        .apply(input, Mode.TRAINING))
            .getMessage();
    assertTrue(message.startsWith("liar ") && message.endsWith(": [2, 2]"), message);
    assertTrue(message.contains("[5]"), message);
  }
}
