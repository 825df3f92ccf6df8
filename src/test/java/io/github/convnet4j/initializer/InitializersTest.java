package io.github.convnet4j.initializer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.RandomStandardNormal;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.types.TFloat32;

/** Checks the statistics of each initializer over 100,000 draws; their errors are about 0.3 %. */
class InitializersTest {
  private static final Shape DENSE = Shape.of(100, 1000);
  private static final Shape KERNEL = Shape.of(5, 5, 40, 100);

  private static float[] values(Operand<TFloat32> operand, Graph graph) {
    try (Session session = new Session(graph);
        Result result = session.runner().fetch(operand).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[(int) tensor.size()];
      tensor.copyTo(DataBuffers.of(values));
      return values;
    }
  }

  private static float[] draw(Initializer initializer, Shape shape) {
    try (Graph graph = new Graph()) {
      return values(initializer.values(Ops.create(graph), shape, () -> new OpSeed(777, 3)), graph);
    }
  }

  private static void expect(Initializer initializer, Shape shape, double stddev, double limit) {
    float[] values = draw(initializer, shape);
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    assertEquals(0, sum / values.length, stddev * 0.015);
    assertEquals(stddev, Math.sqrt(squares / values.length), stddev * 0.015);
    assertTrue(largest <= limit * 1.000001, "largest " + largest);
    assertTrue(largest > limit * 0.99, "largest " + largest);
  }

  @Test
  void glorotUniform() {
    double limit = Math.sqrt(6.0 / (100 + 1000));
    expect(Initializers.glorotUniform(), DENSE, limit / Math.sqrt(3), limit);
    limit = Math.sqrt(6.0 / (25 * 40 + 25 * 100));
    expect(Initializers.glorotUniform(), KERNEL, limit / Math.sqrt(3), limit);
  }

  @Test
  void heUniform() {
    double limit = Math.sqrt(6.0 / (25 * 40));
    expect(Initializers.heUniform(), KERNEL, limit / Math.sqrt(3), limit);
  }

  @Test
  void glorotNormalIsTruncatedAtTwoStandardDeviationsBeforeScaling() {
    double stddev = Math.sqrt(2.0 / (100 + 1000));
    expect(Initializers.glorotNormal(), DENSE, stddev, 2 * stddev / 0.8796256610342398);
  }

  @Test
  void heNormal() {
    double stddev = Math.sqrt(2.0 / (25 * 40));
    expect(Initializers.heNormal(), KERNEL, stddev, 2 * stddev / 0.8796256610342398);
  }

  @Test
  void normalIsAStandardNormalTimesTheStandardDeviation() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      float[] expected =
          values(
              tf.random.randomStandardNormal(
                  tf.constant(DENSE),
                  TFloat32.class,
                  RandomStandardNormal.seed(777L),
                  RandomStandardNormal.seed2(3L)),
              graph);
      for (int i = 0; i < expected.length; i++) {
        expected[i] *= 0.01f;
      }
      assertArrayEquals(expected, draw(Initializers.normal(0.01), DENSE));
    }
  }

  @Test
  void glorotUniformMatchesPythonBitForBit() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      float limit = (float) Math.sqrt(3 / ((100 + 1000) / 2.0));
      float[] expected =
          values(
              tf.random.randomUniform(
                  tf.constant(DENSE),
                  TFloat32.class,
                  RandomUniform.seed(777L),
                  RandomUniform.seed2(3L)),
              graph);
      for (int i = 0; i < expected.length; i++) {
        expected[i] = expected[i] * (limit + limit) - limit;
      }
      assertArrayEquals(expected, draw(Initializers.glorotUniform(), DENSE));
    }
  }

  @Test
  void constantsAreConstant() {
    assertArrayEquals(new float[] {2.5f, 2.5f}, draw(Initializers.constant(2.5), Shape.of(2)));
    assertArrayEquals(new float[] {0, 0}, draw(Initializers.zeros(), Shape.of(2)));
    assertArrayEquals(new float[] {1, 1}, draw(Initializers.ones(), Shape.of(1, 2)));
  }
}
