package io.github.convnet4j.examples.numpy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.Shape;

/**
 * Prints arrays as numpy 1.26 does by default, character for character: at most eight digits after
 * the point, lines of at most 75 characters, and only the edges of arrays of more than 1,000
 * elements.
 *
 * <p>Floats print as numpy's {@code float32}, doubles as {@code float64}, ints as {@code int32},
 * longs as {@code int64}, bytes as {@code uint8} (0 to 255) and booleans as {@code bool}. A tensor
 * is an array, too, and is printed without being copied. A tensor of 16-bit floats is read as
 * floats and prints as {@code float32}.
 *
 * @see <a href="https://numpy.org/doc/1.26/reference/generated/numpy.array2string.html">numpy's
 *     description of the format</a>
 */
public final class NumpyPrinter {
  private static final int LINE_WIDTH = 75;
  private static final String REPR_START = "array(";

  private NumpyPrinter() {}

  /**
   * Formats an array as Python's {@code print(array)} does.
   *
   * @throws IllegalArgumentException if the type of the elements is not one of those above
   */
  public static String str(NdArray<?> array) {
    TypedArray typed = TypedArray.of(array);
    if (typed.isEmpty()) {
      return "[]";
    }
    if (typed.shape().isScalar()) {
      return typed.scalar().get();
    }
    return elements(typed, " ", 0, LINE_WIDTH);
  }

  /**
   * Formats an array as Python's {@code repr(array)} does: {@code array([1., 2.], dtype=float32)}.
   *
   * @throws IllegalArgumentException if the type of the elements is not one of those above
   */
  public static String repr(NdArray<?> array) {
    TypedArray typed = TypedArray.of(array);
    String start = REPR_START + reprElements(typed);
    if (typed.implied() && !typed.isEmpty()) {
      return start + ")";
    }
    String dtype = "dtype=" + typed.dtype() + ")";
    int lastLine = start.length() - (start.lastIndexOf('\n') + 1);
    // The comma and the space count as well.
    boolean fits = lastLine + 2 + dtype.length() <= LINE_WIDTH;
    return start + (fits ? ", " : ",\n" + " ".repeat(REPR_START.length())) + dtype;
  }

  /**
   * Formats a single {@code float32} as Python prints it: {@code 12.0}, {@code 0.9891}, {@code
   * 1e-05}.
   */
  public static String str(float value) {
    return FloatText.ofScalar(FloatType.FLOAT32, value);
  }

  /**
   * Formats a single {@code float64} as Python prints it: {@code 12.0}, {@code 0.1}, {@code 1e-05}.
   */
  public static String str(double value) {
    return FloatText.ofScalar(FloatType.FLOAT64, value);
  }

  /** Formats a whole number; without this overload, {@code str(3)} would print a float. */
  public static String str(long value) {
    return Long.toString(value);
  }

  /**
   * Formats a list of arrays as Python's {@code print([a, b])} does: each array with {@code repr},
   * whose further lines are not indented for the list's bracket.
   *
   * @throws IllegalArgumentException if the type of an array's elements is not one of those above
   */
  public static String list(List<? extends NdArray<?>> arrays) {
    return arrays.stream().map(NumpyPrinter::repr).collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * Formats a shape as Python prints a tuple: {@code (1, 3, 3, 1)}, {@code (3,)} or {@code ()}.
   *
   * @throws IllegalArgumentException if the number of dimensions or one of them is unknown
   */
  public static String tuple(Shape shape) {
    if (shape.isUnknown() || shape.hasUnknownDimension()) {
      throw new IllegalArgumentException("shape must be known in every dimension: " + shape);
    }
    String sizes =
        LongStream.of(shape.asArray()).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return shape.numDimensions() == 1 ? "(" + sizes + ",)" : "(" + sizes + ")";
  }

  private static String reprElements(TypedArray array) {
    if (!array.isEmpty()) {
      // Every line leaves one character for the comma or the bracket after the elements.
      return elements(array, ", ", REPR_START.length(), LINE_WIDTH - 1);
    }
    return array.shape().numDimensions() == 1 ? "[]" : "[], shape=" + tuple(array.shape());
  }

  private static String elements(TypedArray array, String separator, int indent, int lineWidth) {
    ShownElements shown = new ShownElements(array.shape());
    List<String> texts = array.column().apply(shown.coordinates());
    return ArrayLayout.format(shown, texts, separator, indent, lineWidth);
  }
}
