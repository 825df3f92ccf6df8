package io.github.convnet4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Every mistake has a clear message, and none of them crashes the process. */
class GradientsTest {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Variable<TFloat32> w =
      tf.withName("w").variable(tf.constant(new float[][] {{0.1f, 0.2f}, {0.3f, 0.4f}}));
  private final Variable<TFloat32> other =
      tf.withSubScope("conv1").withName("kernel").variable(tf.constant(2f));

  @AfterEach
  void close() {
    graph.close();
  }

  private String fault(Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
    return assertThrows(IllegalArgumentException.class, () -> Gradients.of(graph, loss, variables))
        .getMessage();
  }

  private static Arguments operation(
      String type, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> make) {
    return Arguments.of(type, make);
  }

  static List<Arguments> operationsThatNeedAValue() {
    return List.of(
        operation("Square", (tf, x) -> tf.math.square(x)),
        operation("Log1p", (tf, x) -> tf.math.log1p(x)),
        operation("Asin", (tf, x) -> tf.math.asin(x)),
        operation("Atanh", (tf, x) -> tf.math.atanh(x)),
        operation("Acos", (tf, x) -> tf.math.acos(x)),
        operation("Atan", (tf, x) -> tf.math.atan(x)),
        operation("Sign", (tf, x) -> tf.math.sign(x)),
        operation("Pow", (tf, x) -> tf.math.pow(x, tf.constant(2f))),
        operation("BatchMatMul", (tf, x) -> tf.train.batchMatMul(x, x, TFloat32.class)));
  }

  /** Without the check, four of these crash the process. */
  @ParameterizedTest
  @MethodSource("operationsThatNeedAValue")
  void rejectsAVariableAsDirectOperandOfAnOperationThatNeedsAValue(
      String type, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> make) {
    String message = fault(make.apply(tf, w), List.of(w));
    assertTrue(message.contains("(" + type), message);
    assertTrue(message.contains(" input w "), message);
    assertTrue(message.contains("tf.identity(variable)"), message);
  }

  private static Arguments reference(
      String name, BiFunction<Ops, Variable<TFloat32>, Operand<TFloat32>> make) {
    return Arguments.of(name, make);
  }

  /** Operations that pass on a variable's memory, not its value. */
  static List<Arguments> references() {
    return List.of(
        reference("RefIdentity", (tf, w) -> tf.refIdentity(w)),
        reference("RefIdentity", (tf, w) -> tf.refIdentity(tf.refIdentity(w))),
        reference("Assign", (tf, w) -> tf.assign(w, tf.constant(new float[2][2]))),
        reference("AssignAdd", (tf, w) -> tf.assignAdd(w, tf.constant(new float[2][2]))),
        reference("RefSwitch", (tf, w) -> tf.refSwitch(w, tf.constant(true)).outputTrue()),
        reference("RefSelect", (tf, w) -> tf.refSelect(tf.constant(0), List.of(w))));
  }

  /** Without the check, these crash the process, too. */
  @ParameterizedTest
  @MethodSource("references")
  void rejectsOperationsThatPassOnAReferenceToAVariable(
      String type, BiFunction<Ops, Variable<TFloat32>, Operand<TFloat32>> make) {
    for (Arguments operation : operationsThatNeedAValue()) {
      @SuppressWarnings("unchecked")
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> needsAValue =
          (BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>>) operation.get()[1];
      String message = fault(needsAValue.apply(tf, make.apply(tf, w)), List.of(w));
      assertTrue(message.contains(" input " + type), message);
    }
  }

  @ParameterizedTest
  @MethodSource("operationsThatNeedAValue")
  void acceptsAVariableBehindAnIdentity(
      String type, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> make) {
    Operand<TFloat32> gradient =
        Gradients.of(graph, make.apply(tf, tf.identity(w)), List.of(w)).get(0);
    assertEquals(w.shape(), gradient.shape(), type);
  }

  /** Without the check, it crashes the process, whatever the operand is. */
  @Test
  void rejectsTheEndOfALoop() {
    String message = fault(tf.nn.l2Loss(tf.exit(tf.identity(w))), List.of(w));
    assertTrue(message.contains("(Exit)") && message.contains("loop"), message);
  }

  @Test
  void acceptsTheSquareOfAVariableThatIsNotTrained() {
    Operand<TFloat32> loss = tf.math.mul(tf.math.square(other), w);
    assertEquals(1, Gradients.of(graph, loss, List.of(w)).size());
  }

  @Test
  void namesAVariableThatTheLossDoesNotDependOn() {
    String message = fault(tf.nn.l2Loss(w), List.of(w, other));
    assertTrue(message.contains("L2Loss") && message.contains("conv1/kernel"), message);
  }

  @Test
  void namesAVariableBehindAnOperationWithoutADerivative() {
    Operand<TFloat32> stopped = tf.stopGradient(other);
    String message = fault(tf.math.mul(tf.nn.l2Loss(w), stopped), List.of(w, other));
    assertTrue(
        message.contains("no derivative with respect to the variable conv1/kernel"), message);
  }

  @Test
  void namesAnOperationForWhichTensorFlowHasNoDerivative() {
    String message = fault(tf.math.xlogy(tf.identity(w), tf.constant(2f)), List.of(w));
    assertTrue(message.startsWith("Xlogy cannot be differentiated: "), message);
    assertTrue(message.contains("No gradient defined for op: Xlogy"), message);
  }

  @Test
  void rejectsNoVariablesAndDuplicates() {
    assertTrue(fault(tf.nn.l2Loss(w), List.of()).startsWith("variables must"));
    String twice = fault(tf.nn.l2Loss(w), List.of(w, w));
    assertTrue(twice.startsWith("variables must") && twice.endsWith(": w"), twice);
  }

  @Test
  void rejectsOperandsOfAnotherGraph() {
    try (Graph second = new Graph()) {
      Ops elsewhere = Ops.create(second);
      Variable<TFloat32> stranger = elsewhere.withName("s").variable(elsewhere.constant(1f));
      String ofVariable = fault(tf.nn.l2Loss(w), List.of(stranger));
      assertTrue(ofVariable.startsWith("variables") && ofVariable.contains(": s "), ofVariable);
      String ofLoss = fault(elsewhere.nn.l2Loss(stranger), List.of(w));
      assertTrue(ofLoss.startsWith("loss") && ofLoss.contains(": L2Loss "), ofLoss);
    }
  }

  @Test
  void rejectsGradientsThatDoNotMatchTheVariables() {
    Operand<TFloat32> scalar = tf.constant(1f);
    String count =
        assertThrows(
                IllegalArgumentException.class,
                () -> Optimizers.sgd(1).apply(graph, List.of(w, other), List.of(scalar)))
            .getMessage();
    assertTrue(count.startsWith("gradients") && count.endsWith("2 variables: 1"), count);
    String shape =
        assertThrows(
                IllegalArgumentException.class,
                () -> Optimizers.sgd(1).apply(graph, List.of(w), List.of(scalar)))
            .getMessage();
    assertTrue(shape.startsWith("the gradient of w") && shape.endsWith("[2, 2]: []"), shape);
  }

  /** The derivative of w²/2 with respect to w is w. */
  @Test
  void theGradientOfTheL2LossIsTheVariable() {
    Operand<TFloat32> gradient = Gradients.of(graph, tf.nn.l2Loss(w), List.of(w)).get(0);
    try (Session session = new Session(graph)) {
      session.initialize();
      try (Result result = session.runner().fetch(gradient).run()) {
        assertEquals(0.3f, ((TFloat32) result.get(0)).getFloat(1, 0));
      }
    }
  }
}
