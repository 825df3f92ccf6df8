package io.github.convnet4j.examples.numpy;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.tensorflow.ndarray.BooleanNdArray;
import org.tensorflow.ndarray.ByteNdArray;
import org.tensorflow.ndarray.DoubleNdArray;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.IntNdArray;
import org.tensorflow.ndarray.LongNdArray;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.Shape;

/**
 * An array with its numpy dtype.
 *
 * @param dtype the type's name in numpy
 * @param implied whether the type is a default of numpy, which {@code repr} does not name
 * @param column returns the texts of the elements at given coordinates, all with the same width
 * @param scalar returns the text of the only element of an array without dimensions
 */
record TypedArray(
    Shape shape,
    String dtype,
    boolean implied,
    Function<List<long[]>, List<String>> column,
    Supplier<String> scalar) {

  /**
   * Finds the array's dtype from its interface.
   *
   * @throws IllegalArgumentException if elements of the array's type cannot be printed
   */
  static TypedArray of(NdArray<?> array) {
    Shape shape = Objects.requireNonNull(array, "array").shape();
    if (array instanceof FloatNdArray floats) {
      return ofFloats(shape, "float32", false, FloatType.FLOAT32, floats::getFloat);
    }
    if (array instanceof DoubleNdArray doubles) {
      return ofFloats(shape, "float64", true, FloatType.FLOAT64, doubles::getDouble);
    }
    if (array instanceof IntNdArray ints) {
      return ofIntegers(shape, "int32", false, ints::getInt);
    }
    if (array instanceof LongNdArray longs) {
      return ofIntegers(shape, "int64", true, longs::getLong);
    }
    if (array instanceof ByteNdArray bytes) {
      return ofIntegers(shape, "uint8", false, at -> Byte.toUnsignedLong(bytes.getByte(at)));
    }
    if (array instanceof BooleanNdArray booleans) {
      return ofBooleans(shape, booleans);
    }
    throw new IllegalArgumentException(
        "array must be of float, double, int, long, byte or boolean: "
            + array.getClass().getName());
  }

  private static TypedArray ofFloats(
      Shape shape, String dtype, boolean implied, FloatType type, ToDoubleFunction<long[]> value) {
    return new TypedArray(
        shape,
        dtype,
        implied,
        at -> FloatColumn.format(type, at.stream().mapToDouble(value).toArray()),
        () -> FloatText.ofScalar(type, value.applyAsDouble(new long[0])));
  }

  private static TypedArray ofIntegers(
      Shape shape, String dtype, boolean implied, ToLongFunction<long[]> value) {
    return new TypedArray(
        shape,
        dtype,
        implied,
        at -> rightAligned(at.stream().mapToLong(value).mapToObj(Long::toString).toList()),
        () -> Long.toString(value.applyAsLong(new long[0])));
  }

  private static TypedArray ofBooleans(Shape shape, BooleanNdArray booleans) {
    // numpy pads to the width of "False" even where every element is true.
    String yes = shape.isScalar() ? "True" : " True";
    Function<long[], String> text = at -> booleans.getBoolean(at) ? yes : "False";
    return new TypedArray(
        shape, "bool", true, at -> at.stream().map(text).toList(), () -> text.apply(new long[0]));
  }

  private static List<String> rightAligned(List<String> texts) {
    int width = texts.stream().mapToInt(String::length).max().orElse(0);
    return texts.stream().map(text -> " ".repeat(width - text.length()) + text).toList();
  }

  boolean isEmpty() {
    return Arrays.stream(shape.asArray()).anyMatch(size -> size == 0);
  }
}
