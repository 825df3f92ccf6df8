package io.github.convnet4j.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.model.NetworkRun;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Compares the activations at -2, 0 and 3 with their formulas. */
class ActivationTest {
  private static void expect(Layer layer, double atMinus2, double at0, double at3) {
    Shape shape = Shape.of(3);
    assertEquals(shape, layer.outputShape(shape));
    try (NetworkRun run = NetworkRun.of(shape, 1, Mode.INFERENCE, layer)) {
      assertArrayEquals(
          new float[] {(float) atMinus2, (float) at0, (float) at3}, run.forward(-2, 0, 3), 1e-6f);
    }
  }

  @Test
  void relu() {
    expect(Layers.relu(), 0, 0, 3);
  }

  @Test
  void leakyRelu() {
    expect(Layers.leakyRelu(0.1), -0.2, 0, 3);
  }

  @Test
  void elu() {
    expect(Layers.elu(), Math.exp(-2) - 1, 0, 3);
  }

  @Test
  void geluMatchesATableOfTheNormalDistribution() {
    expect(Layers.gelu(), -2 * 0.02275013, 0, 3 * 0.9986501);
  }

  @Test
  void sigmoid() {
    expect(Layers.sigmoid(), 1 / (1 + Math.exp(2)), 0.5, 1 / (1 + Math.exp(-3)));
  }

  @Test
  void tanh() {
    expect(Layers.tanh(), Math.tanh(-2), 0, Math.tanh(3));
  }

  @Test
  void softmax() {
    double sum = Math.exp(-2) + Math.exp(0) + Math.exp(3);
    expect(Layers.softmax(), Math.exp(-2) / sum, 1 / sum, Math.exp(3) / sum);
  }

  @Test
  void softmaxOfAnImageIsAlongTheChannels() {
    try (NetworkRun run = NetworkRun.of(Shape.of(1, 2, 2), 1, Mode.INFERENCE, Layers.softmax())) {
      assertArrayEquals(
          new float[] {0.5f, 0.5f, 0.25f, 0.75f}, run.forward(7, 7, 0, (float) Math.log(3)), 1e-6f);
    }
  }
}
