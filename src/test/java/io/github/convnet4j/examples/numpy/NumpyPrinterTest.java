package io.github.convnet4j.examples.numpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** A few readable arrays; the comments show the numpy expressions for the same arrays. */
class NumpyPrinterTest {
  /** {@code np.arange(1, 10, dtype=np.float32).reshape(1, 3, 3, 1)}. */
  private static final FloatNdArray IMAGE =
      NdArrays.wrap(Shape.of(1, 3, 3, 1), DataBuffers.of(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f));

  @Test
  void printsAThreeByThreeImage() {
    assertEquals(
        """
        [[[[1.]
           [2.]
           [3.]]

          [[4.]
           [5.]
           [6.]]

          [[7.]
           [8.]
           [9.]]]]\
        """,
        NumpyPrinter.str(IMAGE));
  }

  @Test
  void printsAListWithoutIndentingTheArrays() {
    assertEquals(
        """
        [array([[[[1.],
                 [2.],
                 [3.]],

                [[4.],
                 [5.],
                 [6.]],

                [[7.],
                 [8.],
                 [9.]]]], dtype=float32)]\
        """,
        NumpyPrinter.list(List.of(IMAGE)));
    // print([np.array(3), np.array([True])])
    assertEquals(
        "[array(3), array([ True])]",
        NumpyPrinter.list(List.of(NdArrays.scalarOf(3L), NdArrays.vectorOf(true))));
    assertEquals("[]", NumpyPrinter.list(List.of()));
  }

  @Test
  void alignsTheDecimalPoints() {
    // np.array([[0.1, -0.25], [1 / 3, 100.0]], np.float32)
    NdArray<?> array = StdArrays.ndCopyOf(new float[][] {{0.1f, -0.25f}, {1 / 3f, 100}});
    assertEquals(
        """
        [[  0.1         -0.25      ]
         [  0.33333334 100.        ]]\
        """,
        NumpyPrinter.str(array));
  }

  @Test
  void putsTheTypeOnItsOwnLineOnlyIfTheLineIsFull() {
    // np.full(5, 0.12345678, np.float32) and np.full(4, 0.12345678, np.float32)
    float[] row = {0.12345678f, 0.12345678f, 0.12345678f, 0.12345678f, 0.12345678f};
    assertEquals(
        """
        array([0.12345678, 0.12345678, 0.12345678, 0.12345678, 0.12345678],
              dtype=float32)\
        """,
        NumpyPrinter.repr(NdArrays.vectorOf(row)));
    assertEquals(
        "array([0.12345678, 0.12345678, 0.12345678, 0.12345678], dtype=float32)",
        NumpyPrinter.repr(NdArrays.vectorOf(Arrays.copyOf(row, 4))));
  }

  @Test
  void namesTheSameTypesAsNumpy() {
    assertEquals("array([1.5, 2. ])", NumpyPrinter.repr(NdArrays.vectorOf(1.5, 2)));
    assertEquals("array([1, 2], dtype=int32)", NumpyPrinter.repr(NdArrays.vectorOf(1, 2)));
    assertEquals("array([1, 2])", NumpyPrinter.repr(NdArrays.vectorOf(1L, 2L)));
    assertEquals("array([ True, False])", NumpyPrinter.repr(NdArrays.vectorOf(true, false)));
    assertEquals(
        "array([200,   7], dtype=uint8)",
        NumpyPrinter.repr(NdArrays.vectorOf((byte) 200, (byte) 7)));
  }

  @Test
  void printsAnArrayWithoutDimensions() {
    assertEquals("12.0", NumpyPrinter.str(NdArrays.scalarOf(12f)));
    assertEquals("array(12., dtype=float32)", NumpyPrinter.repr(NdArrays.scalarOf(12f)));
    assertEquals("True", NumpyPrinter.str(NdArrays.scalarOf(true)));
    assertEquals("array(True)", NumpyPrinter.repr(NdArrays.scalarOf(true)));
  }

  @Test
  void printsTheShapeOfAnEmptyArray() {
    FloatNdArray empty = NdArrays.ofFloats(Shape.of(0, 3));
    assertEquals("[]", NumpyPrinter.str(empty));
    assertEquals("array([], shape=(0, 3), dtype=float32)", NumpyPrinter.repr(empty));
  }

  @Test
  void printsTheEdgesOfALargeArray() {
    // np.arange(1200).reshape(40, 30)
    NdArray<?> array =
        NdArrays.wrap(Shape.of(40, 30), DataBuffers.of(LongStream.range(0, 1200).toArray()));
    assertEquals(
        """
        [[   0    1    2 ...   27   28   29]
         [  30   31   32 ...   57   58   59]
         [  60   61   62 ...   87   88   89]
         ...
         [1110 1111 1112 ... 1137 1138 1139]
         [1140 1141 1142 ... 1167 1168 1169]
         [1170 1171 1172 ... 1197 1198 1199]]\
        """,
        NumpyPrinter.str(array));
  }

  @Test
  void readsOnlyTheElementsThatItPrints() {
    // A million times a million elements, all but one zero: only a sparse array can hold them.
    NdArray<?> array =
        NdArrays.sparseOf(
            StdArrays.ndCopyOf(new long[][] {{999_999, 0}}),
            NdArrays.vectorOf(2.5f),
            Shape.of(1_000_000, 1_000_000));
    assertEquals(
        """
        [[0.  0.  0.  ... 0.  0.  0. ]
         [0.  0.  0.  ... 0.  0.  0. ]
         [0.  0.  0.  ... 0.  0.  0. ]
         ...
         [0.  0.  0.  ... 0.  0.  0. ]
         [0.  0.  0.  ... 0.  0.  0. ]
         [2.5 0.  0.  ... 0.  0.  0. ]]\
        """,
        NumpyPrinter.str(array));
  }

  @Test
  void printsATensorAndASliceOfIt() {
    try (TFloat32 tensor = TFloat32.tensorOf(IMAGE)) {
      assertEquals(NumpyPrinter.repr(IMAGE), NumpyPrinter.repr(tensor));
      assertEquals(
          """
          [[4.]
           [5.]
           [6.]]\
          """,
          NumpyPrinter.str(tensor.get(0, 1)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.9891, 0.9891",
    "12, 12.0",
    "-0.0, -0.0",
    "1e-5, 1e-05",
    "1e-4, 1e-04",
    "99999992, 99999990.0",
    "1e16, 1e+16",
    "2e-45, 1e-45",
    "NaN, nan",
    "-Infinity, -inf"
  })
  void printsASingleFloat(float value, String expected) {
    assertEquals(expected, NumpyPrinter.str(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "12, 12.0",
    "1e-4, 0.0001",
    "2e-5, 2e-05",
    "9007199254740993, 9007199254740992.0",
    "1e23, 1e+23",
    "2e-323, 2e-323",
    "1180591620717411303424, 1.1805916207174113e+21"
  })
  void printsASingleDouble(double value, String expected) {
    assertEquals(expected, NumpyPrinter.str(value));
  }

  @Test
  void printsAWholeNumberWithoutAPoint() {
    assertEquals("3", NumpyPrinter.str(3));
    assertEquals("9223372036854775807", NumpyPrinter.str(Long.MAX_VALUE));
  }

  @Test
  void printsAShapeAsATuple() {
    assertEquals("(1, 3, 3, 1)", NumpyPrinter.tuple(Shape.of(1, 3, 3, 1)));
    assertEquals("(3,)", NumpyPrinter.tuple(Shape.of(3)));
    assertEquals("()", NumpyPrinter.tuple(Shape.scalar()));
  }

  @Test
  void refusesAnUnknownShape() {
    Shape partial = Shape.of(Shape.UNKNOWN_SIZE, 3);
    Exception e = assertThrows(IllegalArgumentException.class, () -> NumpyPrinter.tuple(partial));
    assertEquals("shape must be known in every dimension: " + partial, e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> NumpyPrinter.tuple(Shape.unknown()));
  }

  @Test
  void refusesElementsOfAnotherType() {
    NdArray<String> strings = NdArrays.vectorOfObjects("a", "b");
    Exception e = assertThrows(IllegalArgumentException.class, () -> NumpyPrinter.str(strings));
    assertEquals(
        "array must be of float, double, int, long, byte or boolean: "
            + strings.getClass().getName(),
        e.getMessage());
    NdArray<?> shorts = NdArrays.vectorOf((short) 1);
    assertThrows(IllegalArgumentException.class, () -> NumpyPrinter.repr(shorts));
  }
}
