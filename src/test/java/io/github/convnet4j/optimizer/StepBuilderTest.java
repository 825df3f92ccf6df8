package io.github.convnet4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Tests what the built-in optimizers do not do; io.github.convnet4j.own has a whole optimizer. */
class StepBuilderTest {
  private static StepBuilder builder(TinyModel model, double learningRate) {
    return StepBuilder.of(
        model.graph,
        learningRate,
        model.variables(),
        Gradients.of(model.graph, model.loss, model.variables()));
  }

  @Test
  void anUpdateWithoutOperationsIsRefusedWithTheVariablesName() {
    for (StepBuilder.Update nothing :
        List.<StepBuilder.Update>of((tf, w, g) -> List.of(), (tf, w, g) -> null)) {
      try (TinyModel model = new TinyModel()) {
        StepBuilder step = builder(model, 0.1);
        String message =
            assertThrows(IllegalArgumentException.class, () -> step.build(nothing)).getMessage();
        assertTrue(message.contains("update of w"), message);
      }
    }
  }

  @Test
  void aStepIsBuiltOnce() {
    try (TinyModel model = new TinyModel()) {
      StepBuilder step = builder(model, 0.1);
      StepBuilder.Update update =
          (tf, w, g) -> List.of(tf.train.applyGradientDescent(w, step.learningRate(), g));
      step.build(update);
      assertThrows(IllegalStateException.class, () -> step.build(update));
    }
  }

  @Test
  void theLearningRateMustBePositive() {
    try (TinyModel model = new TinyModel()) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> builder(model, -0.5)).getMessage();
      assertTrue(message.contains("learningRate") && message.endsWith(": -0.5"), message);
    }
  }

  /** Fibonacci's numbers: each scalar's next value is computed from the other one. */
  @Test
  void scalarsSeeEachOthersValueOfTheSameStep() {
    try (TinyModel model = new TinyModel()) {
      StepBuilder step = builder(model, 0.1);
      List<Variable<TFloat32>> next = new ArrayList<>();
      Variable<TFloat32> a =
          step.scalar("a", 0, (tf, value) -> tf.math.mul(next.get(0), tf.constant(1f)));
      Variable<TFloat32> b = step.scalar("b", 1, (tf, value) -> tf.math.add(value, a));
      next.add(b);
      TrainingStep built =
          step.build((tf, w, g) -> List.of(tf.train.applyGradientDescent(w, a, g)));
      assertEquals(List.of(a, b), built.state());
      try (Session session = new Session(model.graph)) {
        session.initialize();
        float[] seen = new float[10];
        for (int i = 0; i < seen.length; i++) {
          try (Result result = session.runner().fetch(a).run()) {
            seen[i] = ((TFloat32) result.get(0)).getFloat();
          }
          session.runner().addTarget(built.op()).run().close();
        }
        assertArrayEquals(new float[] {0, 1, 1, 2, 3, 5, 8, 13, 21, 34}, seen);
      }
    }
  }
}
