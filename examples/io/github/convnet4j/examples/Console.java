package io.github.convnet4j.examples;

import io.github.convnet4j.numpy.NumpyPrinter;
import io.github.convnet4j.plot.Plots;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Where an example prints: what the notebook prints goes to {@code out} and nothing else does, what
 * a user should know besides goes to {@code messages}, pictures go to {@code plots}.
 */
public record Console(PrintStream out, PrintStream messages, Plots plots) {

  /**
   * Prints as Python's {@code print} does: a space between the values, arrays and tuples in numpy's
   * format, a new line at the end.
   */
  public void print(Object... values) {
    out.println(Arrays.stream(values).map(Console::text).collect(Collectors.joining(" ")));
  }

  private static String text(Object value) {
    if (value instanceof NdArray<?> array) {
      return NumpyPrinter.str(array);
    }
    if (value instanceof Shape shape) {
      return NumpyPrinter.tuple(shape);
    }
    if (value instanceof Float number) {
      return NumpyPrinter.str(number);
    }
    if (value instanceof List<?> list) {
      return NumpyPrinter.list(list.stream().<NdArray<?>>map(item -> (NdArray<?>) item).toList());
    }
    return String.valueOf(value);
  }
}
