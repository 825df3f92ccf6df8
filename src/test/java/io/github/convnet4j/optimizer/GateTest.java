package io.github.convnet4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/** The order within a step: all gradients and the loss, then the updates, then the powers. */
class GateTest {
  static List<Optimizer> optimizers() {
    return List.of(
        Optimizers.sgd(0.1),
        Optimizers.sgd(0.1).momentum(0.9),
        Optimizers.adaGrad(0.1),
        Optimizers.adaDelta(0.1),
        Optimizers.rmsProp(0.1),
        Optimizers.rmsProp(0.1).centered(),
        Optimizers.ftrl(0.1),
        Optimizers.adam(0.1),
        Optimizers.adamW(0.1, 0.1),
        Optimizers.adamax(0.1),
        Optimizers.nadam(0.1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void variablesAreWrittenOnlyAfterAllGradientsAndTheLoss(Optimizer optimizer) {
    try (TinyModel model = new TinyModel()) {
      List<Operand<TFloat32>> gradients = Gradients.of(model.graph, model.loss, model.variables());
      Set<String> before =
          gradients.stream().map(gradient -> gradient.op().name()).collect(Collectors.toSet());
      before.add(model.loss.op().name());
      TrainingStep step = optimizer.apply(model.graph, model.variables(), gradients);
      Map<String, NodeDef> nodes = nodes(model.graph);
      Set<String> inStep = upstream(nodes, step.op().op().name());
      Set<String> writes = writes(nodes, inStep);
      assertTrue(writes.size() >= 2, writes.toString());
      for (String write : writes) {
        assertTrue(upstream(nodes, write).containsAll(before), write);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void powersAreWrittenLast(Optimizer optimizer) {
    try (TinyModel model = new TinyModel()) {
      TrainingStep step = optimizer.minimize(model.graph, model.loss, model.variables());
      Map<String, NodeDef> nodes = nodes(model.graph);
      Set<String> scalars =
          step.state().stream()
              .filter(variable -> variable.shape().numDimensions() == 0)
              .map(variable -> variable.op().name())
              .collect(Collectors.toSet());
      Set<String> writes = writes(nodes, upstream(nodes, step.op().op().name()));
      Set<String> powers =
          writes.stream()
              .filter(write -> scalars.contains(nodes.get(write).getInput(0)))
              .collect(Collectors.toSet());
      assertEquals(scalars.size(), powers.size());
      Set<String> updates = new HashSet<>(writes);
      updates.removeAll(powers);
      for (String power : powers) {
        assertTrue(upstream(nodes, power).containsAll(updates), power);
      }
    }
  }

  @Test
  void everyUpdateReadsItsGradientThroughTheGate() {
    try (TinyModel model = new TinyModel()) {
      List<Operand<TFloat32>> gradients = Gradients.of(model.graph, model.loss, model.variables());
      Optimizers.adam(0.1).apply(model.graph, model.variables(), gradients);
      Map<String, NodeDef> nodes = nodes(model.graph);
      List<NodeDef> updates =
          nodes.values().stream().filter(node -> node.getOp().equals("ApplyAdam")).toList();
      assertEquals(2, updates.size());
      for (NodeDef update : updates) {
        NodeDef gate = nodes.get(update.getInput(9));
        assertEquals("Identity", gate.getOp());
        for (Operand<TFloat32> gradient : gradients) {
          assertTrue(upstream(nodes, gate.getName()).contains(gradient.op().name()));
        }
      }
    }
  }

  /**
   * The first gradient reads the second variable, which is 5, only after a slow product of large
   * matrices; the gradient of the second variable is available immediately.
   */
  @Test
  void aSlowGradientStillReadsTheOldValue() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> first = tf.variable(tf.constant(0f));
      Variable<TFloat32> second = tf.variable(tf.constant(5f));
      Operand<TFloat32> large = tf.fill(tf.constant(new int[] {700, 700}), tf.math.abs(second));
      Operand<TFloat32> slow = tf.linalg.matMul(tf.linalg.matMul(large, large), large);
      Operand<TFloat32> late = tf.withControlDependencies(slow).math.mul(second, tf.constant(1f));
      TrainingStep step =
          Optimizers.sgd(1).apply(graph, List.of(first, second), List.of(late, tf.constant(2f)));
      try (Session session = new Session(graph)) {
        session.initialize();
        session.runner().addTarget(step.op()).run().close();
        assertEquals(-5f, scalar(session, first));
        assertEquals(3f, scalar(session, second));
      }
    }
  }

  /**
   * Shows why the order matters: the framework's Adam has none between its updates and its powers.
   */
  @Test
  void theFrameworksAdamDoesNotOrderUpdatesAndPowers() {
    try (TinyModel model = new TinyModel()) {
      Function<Graph, org.tensorflow.framework.optimizers.Optimizer> adam =
          graph -> new org.tensorflow.framework.optimizers.Adam(graph, 0.1f);
      String step = adam.apply(model.graph).minimize(model.loss).op().name();
      Map<String, NodeDef> nodes = nodes(model.graph);
      Set<String> writes = writes(nodes, upstream(nodes, step));
      Set<String> updates =
          writes.stream()
              .filter(write -> nodes.get(write).getOp().equals("ApplyAdam"))
              .collect(Collectors.toSet());
      assertEquals(2, updates.size());
      assertEquals(4, writes.size());
      for (String write : writes) {
        for (String update : updates) {
          assertFalse(!write.equals(update) && upstream(nodes, write).contains(update), write);
        }
      }
    }
  }

  private static float scalar(Session session, Variable<TFloat32> variable) {
    try (Result result = session.runner().fetch(variable).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  private static Map<String, NodeDef> nodes(Graph graph) {
    return graph.toGraphDef().getNodeList().stream()
        .collect(Collectors.toMap(NodeDef::getName, node -> node));
  }

  private static Set<String> writes(Map<String, NodeDef> nodes, Set<String> among) {
    return among.stream()
        .filter(name -> nodes.get(name).getOp().matches("Apply.*|Assign.*"))
        .collect(Collectors.toSet());
  }

  /** The operations that run before an operation, and the operation itself. */
  private static Set<String> upstream(Map<String, NodeDef> nodes, String from) {
    Set<String> seen = new HashSet<>();
    collect(nodes, from, seen);
    return seen;
  }

  private static void collect(Map<String, NodeDef> nodes, String name, Set<String> seen) {
    if (seen.add(name)) {
      for (String input : nodes.get(name).getInputList()) {
        collect(nodes, input.replaceFirst("^\\^", "").replaceFirst(":\\d+$", ""), seen);
      }
    }
  }
}
