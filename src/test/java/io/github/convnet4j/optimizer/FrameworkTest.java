package io.github.convnet4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;

/** Compares with the optimizers of TensorFlow Java's framework that are correct. */
class FrameworkTest {
  private static Arguments same(
      Optimizer ours, Function<Graph, org.tensorflow.framework.optimizers.Optimizer> theirs) {
    return Arguments.of(ours, theirs);
  }

  static List<Arguments> optimizers() {
    return List.of(
        same(
            Optimizers.sgd(0.1),
            g -> new org.tensorflow.framework.optimizers.GradientDescent(g, 0.1f)),
        same(
            Optimizers.sgd(0.1).momentum(0.9),
            g -> new org.tensorflow.framework.optimizers.Momentum(g, 0.1f, 0.9f, false)),
        same(
            Optimizers.sgd(0.1).momentum(0.9).nesterov(),
            g -> new org.tensorflow.framework.optimizers.Momentum(g, 0.1f, 0.9f, true)),
        same(
            Optimizers.adaGrad(0.1).initialAccumulator(0.3),
            g -> new org.tensorflow.framework.optimizers.AdaGrad(g, 0.1f, 0.3f)),
        same(
            Optimizers.adaDelta(0.5).rho(0.9).epsilon(1e-3),
            g -> new org.tensorflow.framework.optimizers.AdaDelta(g, 0.5f, 0.9f, 1e-3f)),
        same(
            Optimizers.rmsProp(0.01).decay(0.8).momentum(0.5).epsilon(1e-3),
            g ->
                new org.tensorflow.framework.optimizers.RMSProp(
                    g, 0.01f, 0.8f, 0.5f, 1e-3f, false)),
        same(
            Optimizers.rmsProp(0.01).decay(0.8).momentum(0.5).epsilon(1e-3).centered(),
            g ->
                new org.tensorflow.framework.optimizers.RMSProp(g, 0.01f, 0.8f, 0.5f, 1e-3f, true)),
        same(
            new Ftrl(0.1f, -0.25f, 0.2f, 0.01f, 0.02f, 0.03f),
            g ->
                new org.tensorflow.framework.optimizers.Ftrl(
                    g, 0.1f, -0.25f, 0.2f, 0.01f, 0.02f, 0.03f)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void fourStepsEqualTheFrameworks(
      Optimizer ours, Function<Graph, org.tensorflow.framework.optimizers.Optimizer> theirs) {
    List<float[]> expected;
    try (TinyModel model = new TinyModel()) {
      expected = model.train(4, m -> theirs.apply(m.graph).minimize(m.loss));
    }
    List<float[]> actual = TinyModel.trainWith(ours, 4);
    for (int step = 0; step < 4; step++) {
      assertArrayEquals(expected.get(step), actual.get(step), "step " + (step + 1));
    }
  }
}
