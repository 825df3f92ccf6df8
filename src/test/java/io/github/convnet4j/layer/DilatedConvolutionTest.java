package io.github.convnet4j.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;

/** Compares with TensorFlow's own dilated conv2d: the values agree, the gradient does not. */
class DilatedConvolutionTest {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);

  @AfterEach
  void close() {
    graph.close();
  }

  private static float[] ramp(Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 7 - i % 5;
    }
    return values;
  }

  private Operand<TFloat32> constant(Shape shape) {
    return tf.constant(shape, DataBuffers.of(ramp(shape)));
  }

  private float[] value(Operand<TFloat32> operand) {
    try (Session session = new Session(graph);
        Result result = session.runner().fetch(operand).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[(int) tensor.size()];
      tensor.copyTo(DataBuffers.of(values));
      return values;
    }
  }

  private Operand<TFloat32> tensorFlows(
      Operand<TFloat32> image, Operand<TFloat32> kernel, Window window) {
    return tf.nn.conv2d(
        image,
        kernel,
        window.strides(),
        window.padding().name(),
        Conv2d.dilations(1L, (long) window.dilationHeight(), (long) window.dilationWidth(), 1L));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 9, 3, 3, 2, 2, SAME",
    "7, 9, 3, 3, 2, 2, VALID",
    "8, 5, 2, 4, 3, 1, SAME",
    "8, 5, 2, 4, 3, 1, VALID",
    "4, 4, 3, 3, 5, 5, SAME",
    "6, 6, 1, 2, 4, 3, SAME"
  })
  void valuesEqualThoseOfTensorFlow(
      int height,
      int width,
      int rows,
      int columns,
      int dilateRows,
      int dilateColumns,
      Padding padding) {
    Shape shape = Shape.of(height, width, 2);
    Operand<TFloat32> image = constant(shape.prepend(2));
    Operand<TFloat32> kernel = constant(Shape.of(rows, columns, 2, 3));
    Window window = Window.of(rows, columns).dilation(dilateRows, dilateColumns).padding(padding);
    Operand<TFloat32> ours = DilatedConvolution.of(tf, image, shape, kernel, window);
    assertEquals(window.outputShape("", shape, 3).prepend(2), ours.shape());
    // Integers are exact, whatever the order of the additions.
    assertArrayEquals(value(tensorFlows(image, kernel, window)), value(ours));
  }

  /**
   * If this fails, TensorFlow has fixed its gradient, and {@link DilatedConvolution} can be
   * removed.
   */
  @Test
  void tensorFlowsOwnGradientIgnoresTheDilation() {
    Shape shape = Shape.of(3, 3, 1);
    Operand<TFloat32> image = constant(shape.prepend(1));
    Operand<TFloat32> kernel = tf.constant(new float[][][][] {{{{1}}, {{1}}}, {{{1}}, {{1}}}});
    Window window = Window.of(2, 2).dilation(2, 2);
    float[] ours = gradient(DilatedConvolution.of(tf, image, shape, kernel, window), image);
    float[] theirs = gradient(tensorFlows(image, kernel, window), image);
    // Each pixel counts the windows, one at each pixel, whose four elements include it.
    assertArrayEquals(new float[] {1, 2, 1, 2, 4, 2, 1, 2, 1}, ours);
    // The gradient of an undilated window.
    assertArrayEquals(new float[] {1, 2, 2, 2, 4, 4, 2, 4, 4}, theirs);
  }

  private float[] gradient(Operand<TFloat32> output, Operand<TFloat32> input) {
    Output<?>[] gradients =
        graph.addGradients(output.asOutput(), new Output<?>[] {input.asOutput()});
    return value(gradients[0].expect(TFloat32.class));
  }
}
