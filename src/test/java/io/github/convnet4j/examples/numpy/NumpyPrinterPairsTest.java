package io.github.convnet4j.examples.numpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.DoubleNdArray;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArray;

/**
 * Compares with what numpy prints for the same bits: in {@code numpy-strings.txt}, or in the file
 * named by the system property {@code numpy.strings}. {@code src/test/python/print_arrays.py}
 * writes both.
 */
class NumpyPrinterPairsTest {
  @Test
  void printsEveryArrayAsNumpyDoes() throws IOException {
    try (BufferedReader reader = open()) {
      int count = NumpyPair.forEach(reader, NumpyPrinterPairsTest::compare);
      assertTrue(count >= 500, "cases: " + count);
    }
  }

  private static BufferedReader open() throws IOException {
    String file = System.getProperty("numpy.strings");
    return file != null
        ? Files.newBufferedReader(Path.of(file))
        : new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    NumpyPrinterPairsTest.class.getResourceAsStream("numpy-strings.txt")),
                StandardCharsets.US_ASCII));
  }

  private static void compare(NumpyPair pair) {
    NdArray<?> array = pair.array();
    assertEquals(pair.str(), NumpyPrinter.str(array), () -> describe("str", pair));
    assertEquals(pair.repr(), NumpyPrinter.repr(array), () -> describe("repr", pair));
    if (pair.shape().isScalar() && array instanceof FloatNdArray floats) {
      assertEquals(pair.str(), NumpyPrinter.str(floats.getFloat()), () -> describe("str", pair));
    }
    if (pair.shape().isScalar() && array instanceof DoubleNdArray doubles) {
      assertEquals(pair.str(), NumpyPrinter.str(doubles.getDouble()), () -> describe("str", pair));
    }
  }

  private static String describe(String function, NumpyPair pair) {
    StringBuilder bits = new StringBuilder();
    pair.bits().stream().limit(100).forEach(b -> bits.append(' ').append(Long.toHexString(b)));
    return function + " of " + pair.dtype() + " " + pair.shape() + bits;
  }
}
