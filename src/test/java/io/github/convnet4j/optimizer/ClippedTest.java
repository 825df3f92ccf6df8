package io.github.convnet4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests clipping; {@link PythonFiguresTest} compares it with Python. */
class ClippedTest {
  private static void assertSame(Optimizer expected, Optimizer actual) {
    List<float[]> expectedSteps = TinyModel.trainWith(expected, 5);
    List<float[]> actualSteps = TinyModel.trainWith(actual, 5);
    for (int i = 0; i < 5; i++) {
      assertArrayEquals(expectedSteps.get(i), actualSteps.get(i));
    }
  }

  @Test
  void gradientsWithinTheLimitDoNotChange() {
    Optimizer adam = Optimizers.adam(0.01);
    assertSame(adam, adam.clipByValue(0.7001));
    assertSame(adam, adam.clipByNorm(0.77));
    assertSame(adam, adam.clipByGlobalNorm(0.85));
  }

  @Test
  void clippingCanBeCombined() {
    // Six elements of at most 0.01 have a norm of at most sqrt(6) / 100 = 0.024, which is below
    // 0.2.
    assertSame(
        Optimizers.sgd(0.5).clipByValue(0.01),
        Optimizers.sgd(0.5).clipByGlobalNorm(0.2).clipByValue(0.01));
  }

  @Test
  void nanStaysNaN() {
    try (TinyModel model = new TinyModel()) {
      List<float[]> steps =
          model.train(
              1,
              m ->
                  Optimizers.sgd(0.5)
                      .clipByGlobalNorm(1)
                      .minimize(
                          m.graph, m.tf.math.mul(m.loss, m.tf.constant(Float.NaN)), m.variables())
                      .op());
      assertTrue(Float.isNaN(steps.get(0)[0]));
    }
  }

  @Test
  void keepsTheLearningRateAndRejectsAZeroLimit() {
    assertEquals(0.25f, Optimizers.sgd(0.25).clipByNorm(1).learningRate());
    String message =
        assertThrows(IllegalArgumentException.class, () -> Optimizers.sgd(0.25).clipByGlobalNorm(0))
            .getMessage();
    assertTrue(message.startsWith("limit") && message.endsWith(": 0.0"), message);
  }
}
