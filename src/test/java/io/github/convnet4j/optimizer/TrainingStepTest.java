package io.github.convnet4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** The result of {@code minimize}. */
class TrainingStepTest {
  private static List<String> names(TrainingStep step) {
    return step.state().stream().map(variable -> variable.op().name()).toList();
  }

  @Test
  void stateVariablesAreNamedAfterTheTrainedOnesInEveryGraph() {
    for (int graphs = 0; graphs < 2; graphs++) {
      try (Graph graph = new Graph()) {
        Ops tf = Ops.create(graph);
        Variable<TFloat32> kernel =
            tf.withSubScope("conv1").withName("kernel").variable(tf.constant(1f));
        Variable<TFloat32> bias =
            tf.withSubScope("conv1").withName("bias").variable(tf.constant(1f));
        TrainingStep step =
            Optimizers.adam(0.1).minimize(graph, tf.math.mul(kernel, bias), List.of(kernel, bias));
        assertEquals(
            List.of(
                "optimizer/beta1_power",
                "optimizer/beta2_power",
                "optimizer/conv1.kernel/m",
                "optimizer/conv1.kernel/v",
                "optimizer/conv1_1.bias/m",
                "optimizer/conv1_1.bias/v"),
            names(step));
      }
    }
  }

  @Test
  void twoOptimizersInOneGraphAreIndependent() {
    try (TinyModel model = new TinyModel()) {
      TrainingStep first = Optimizers.adam(0.1).minimize(model.graph, model.loss, List.of(model.w));
      TrainingStep second =
          Optimizers.adam(0.1).minimize(model.graph, model.loss, List.of(model.b));
      Set<String> names = new HashSet<>(names(first));
      names.addAll(names(second));
      assertEquals(8, names.size());
      try (Session session = new Session(model.graph)) {
        session.initialize();
        session.runner().addTarget(first.op()).run().close();
        float[] values = model.values(session);
        assertEquals(0.1f, values[4], "the first optimizer does not train the bias");
        session.runner().addTarget(second.op()).run().close();
        assertArrayEquals(
            new float[] {values[0], values[1], values[2], values[3]},
            Arrays.copyOf(model.values(session), 4));
      }
    }
  }

  /**
   * Gradient descent on 2w: 1 - 0.5 * 2 with its own rate, then - 0.25 * 2, then - 0.5 * 2 again.
   */
  @Test
  void aFedLearningRateAppliesToThatStepOnly() {
    try (Graph graph = new Graph();
        TFloat32 quarter = TFloat32.scalarOf(0.25f)) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> w = tf.variable(tf.constant(1f));
      TrainingStep step =
          Optimizers.sgd(0.5).minimize(graph, tf.math.mul(w, tf.constant(2f)), List.of(w));
      try (Session session = new Session(graph)) {
        session.initialize();
        session.runner().addTarget(step.op()).run().close();
        assertEquals(0f, fetch(session, w));
        session.runner().feed(step.learningRate(), quarter).addTarget(step.op()).run().close();
        assertEquals(-0.5f, fetch(session, w));
        session.runner().addTarget(step.op()).run().close();
        assertEquals(-1.5f, fetch(session, w));
      }
    }
  }

  /**
   * The derivative of w²/2, w, does not need the loss, which could therefore be computed after the
   * update and would then be 0.
   */
  @Test
  void theLossFetchedWithAStepIsTheLossBeforeTheStep() {
    for (int repeat = 0; repeat < 20; repeat++) {
      try (Graph graph = new Graph()) {
        Ops tf = Ops.create(graph);
        Variable<TFloat32> w = tf.variable(tf.constant(4f));
        Operand<TFloat32> loss = tf.nn.l2Loss(w);
        TrainingStep step = Optimizers.sgd(1).minimize(graph, loss, List.of(w));
        try (Session session = new Session(graph)) {
          session.initialize();
          try (Result result = session.runner().fetch(loss).addTarget(step.op()).run()) {
            assertEquals(8f, ((TFloat32) result.get(0)).getFloat());
          }
          assertEquals(0f, fetch(session, w));
        }
      }
    }
  }

  /** As in Python: 0.9 and 0.999 before the first step, their squares after it. */
  @Test
  void powersAreThoseOfTheNextStep() {
    try (TinyModel model = new TinyModel()) {
      TrainingStep step = Optimizers.adam(0.1).minimize(model.graph, model.loss, model.variables());
      try (Session session = new Session(model.graph)) {
        session.initialize();
        assertEquals(0.9f, fetch(session, step.state().get(0)));
        session.runner().addTarget(step.op()).run().close();
        assertEquals(0.9f * 0.9f, fetch(session, step.state().get(0)));
        assertEquals(0.999f * 0.999f, fetch(session, step.state().get(1)));
      }
    }
  }

  /** The gradients 3 and 4 are each clipped to 1, so both weights change by the rate. */
  @Test
  void gradientsCanBeChangedBeforeTheyAreApplied() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> w = tf.variable(tf.constant(new float[] {10, 20}));
      Operand<TFloat32> loss =
          tf.sum(tf.math.mul(w, tf.constant(new float[] {3, 4})), tf.constant(0));
      List<Operand<TFloat32>> clipped =
          Gradients.of(graph, loss, List.of(w)).stream()
              .<Operand<TFloat32>>map(
                  gradient -> tf.clipByValue(gradient, tf.constant(-1f), tf.constant(1f)))
              .toList();
      TrainingStep step = Optimizers.sgd(0.5).apply(graph, List.of(w), clipped);
      try (Session session = new Session(graph)) {
        session.initialize();
        session.runner().addTarget(step.op()).run().close();
        try (Result result = session.runner().fetch(w).run()) {
          TFloat32 values = (TFloat32) result.get(0);
          assertEquals(9.5f, values.getFloat(0));
          assertEquals(19.5f, values.getFloat(1));
        }
      }
    }
  }

  private static float fetch(Session session, Variable<TFloat32> scalar) {
    try (Result result = session.runner().fetch(scalar).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }
}
