package io.github.convnet4j.examples;

import io.github.convnet4j.examples.numpy.NumpyPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A convolution of stride 1 as the notes explain it: one output number at a time, as the sum of the
 * window's pixels times the filter's numbers.
 */
final class WindowArithmetic {
  /** The image of ex11_1. */
  static final FloatNdArray IMAGE =
      HeapArrays.array(Shape.of(1, 3, 3, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9);

  private static final float[][] FILTER = {{1, 1}, {1, 1}};
  private static final int FILTER_SIZE = FILTER.length;

  /** An output number and how it is computed. */
  record OutputNumber(int row, int column, float value, String arithmetic) {}

  private WindowArithmetic() {}

  /** Returns the output numbers, row by row, for an image that is already padded. */
  static List<OutputNumber> of(float[][] padded) {
    List<OutputNumber> numbers = new ArrayList<>();
    int outputSize = outputSize(padded.length);
    for (int row = 0; row < outputSize; row++) {
      for (int column = 0; column < outputSize; column++) {
        numbers.add(at(padded, row, column));
      }
    }
    return numbers;
  }

  private static OutputNumber at(float[][] padded, int row, int column) {
    List<String> products = new ArrayList<>();
    List<String> terms = new ArrayList<>();
    float sum = 0;
    for (int i = 0; i < FILTER_SIZE; i++) {
      for (int j = 0; j < FILTER_SIZE; j++) {
        float pixel = padded[row + i][column + j];
        products.add(String.format(Locale.ROOT, "(%.0f x %.0f)", pixel, FILTER[i][j]));
        terms.add(String.format(Locale.ROOT, "%.0f", pixel * FILTER[i][j]));
        sum += pixel * FILTER[i][j];
      }
    }
    String arithmetic =
        String.format(
            Locale.ROOT,
            "%s = %s = %.0f",
            String.join(" + ", products),
            String.join(" + ", terms),
            sum);
    return new OutputNumber(row, column, sum, arithmetic);
  }

  /** {@code (N - F) / stride + 1} with stride 1. */
  static int outputSize(int inputSize) {
    return inputSize - FILTER_SIZE + 1;
  }

  /** Prints the output-size formula with its numbers. */
  static void printOutputSize(Console console, int inputSize) {
    console.print("Output size = (N - F) / stride + 1, N the input's size, F the filter's:");
    console.print(
        String.format(
            Locale.ROOT, "(%d - %d) / 1 + 1 = %d", inputSize, FILTER_SIZE, outputSize(inputSize)));
  }

  /** Prints every output number with its arithmetic. */
  static void printNumbers(Console console, List<OutputNumber> numbers) {
    for (OutputNumber number : numbers) {
      console.print(
          String.format(
              Locale.ROOT,
              "output[%d,%d]: %s",
              number.row(),
              number.column(),
              number.arithmetic()));
    }
  }

  /** Returns TensorFlow's result for the 3x3 image and the same filter, {@code [rows, columns]}. */
  static FloatNdArray byTensorFlow(String padding) {
    FloatNdArray image = IMAGE;
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(image.shape()));
      Operand<TFloat32> filter = // [2, 2] -> [2, 2, 1, 1]
          tf.reshape(tf.constant(FILTER), tf.constant(new int[] {2, 2, 1, 1}));
      Operand<TFloat32> conv2d = tf.nn.conv2d(x, filter, List.of(1L, 1L, 1L, 1L), padding);
      try (TFloat32 fed = TFloat32.tensorOf(image);
          Result result = session.runner().feed(x, fed).fetch(conv2d).run()) {
        FloatNdArray output = HeapArrays.copyOf((TFloat32) result.get(0));
        return output.withShape(Shape.of(output.shape().get(1), output.shape().get(2)));
      }
    }
  }

  /** Prints TensorFlow's result, for comparison with the numbers above. */
  static void printTensorFlow(Console console, String padding, FloatNdArray output) {
    console.print("tf.nn.conv2d, padding '" + padding + "', gives\n" + NumpyPrinter.str(output));
  }
}
