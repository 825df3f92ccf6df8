package io.github.convnet4j.examples.numpy;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.BooleanDataBuffer;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.DoubleDataBuffer;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.ndarray.buffer.IntDataBuffer;
import org.tensorflow.ndarray.buffer.LongDataBuffer;

/**
 * An array and what numpy prints for it, as {@code src/test/python/print_arrays.py} writes them.
 *
 * @param dtype numpy's name for the elements' type
 * @param bits the bits of every element, in row-major order
 */
record NumpyPair(String dtype, Shape shape, List<Long> bits, String str, String repr) {
  private static final String CASE = "== ";
  private static final String REPR = "-- repr";

  /** Reads one case at a time, so that a long file does not need to fit in memory. */
  static int forEach(BufferedReader reader, Consumer<NumpyPair> action) throws IOException {
    String line = reader.readLine();
    if (line == null || !line.startsWith("# numpy 1.26.")) {
      throw new IOException("the first line does not name numpy 1.26: " + line);
    }
    line = reader.readLine();
    int count = 0;
    while (line != null) {
      String header = line;
      List<String> str = new ArrayList<>();
      List<String> repr = new ArrayList<>();
      List<String> part = str;
      for (line = reader.readLine();
          line != null && !line.startsWith(CASE);
          line = reader.readLine()) {
        if (line.equals(REPR)) {
          part = repr;
        } else {
          part.add(line);
        }
      }
      action.accept(of(header, String.join("\n", str), String.join("\n", repr)));
      count++;
    }
    return count;
  }

  private static NumpyPair of(String header, String str, String repr) {
    String[] words = header.substring(CASE.length()).split(" ", -1);
    List<Long> bits = new ArrayList<>();
    for (String word : Arrays.asList(words).subList(2, words.length)) {
      String[] run = word.split("\\*", 2);
      int length = run.length == 1 ? 1 : Integer.parseInt(run[1]);
      long value = Long.parseUnsignedLong(run[0], 16);
      LongStream.range(0, length).forEach(i -> bits.add(value));
    }
    return new NumpyPair(words[0], shape(words[1]), bits, str, repr);
  }

  private static Shape shape(String text) {
    return text.equals("0d")
        ? Shape.scalar()
        : Shape.of(Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray());
  }

  NdArray<?> array() {
    switch (dtype) {
      case "float32" -> {
        FloatDataBuffer buffer = DataBuffers.ofFloats(bits.size());
        forEachBits((b, i) -> buffer.setFloat(Float.intBitsToFloat((int) b), i));
        return NdArrays.wrap(shape, buffer);
      }
      case "float64" -> {
        DoubleDataBuffer buffer = DataBuffers.ofDoubles(bits.size());
        forEachBits((b, i) -> buffer.setDouble(Double.longBitsToDouble(b), i));
        return NdArrays.wrap(shape, buffer);
      }
      case "int32" -> {
        IntDataBuffer buffer = DataBuffers.ofInts(bits.size());
        forEachBits((b, i) -> buffer.setInt((int) b, i));
        return NdArrays.wrap(shape, buffer);
      }
      case "int64" -> {
        LongDataBuffer buffer = DataBuffers.ofLongs(bits.size());
        forEachBits(buffer::setLong);
        return NdArrays.wrap(shape, buffer);
      }
      case "uint8" -> {
        ByteDataBuffer buffer = DataBuffers.ofBytes(bits.size());
        forEachBits((b, i) -> buffer.setByte((byte) b, i));
        return NdArrays.wrap(shape, buffer);
      }
      case "bool" -> {
        BooleanDataBuffer buffer = DataBuffers.ofBooleans(bits.size());
        forEachBits((b, i) -> buffer.setBoolean(b != 0, i));
        return NdArrays.wrap(shape, buffer);
      }
      default -> throw new IllegalArgumentException("dtype: " + dtype);
    }
  }

  private void forEachBits(BitsAction action) {
    for (int i = 0; i < bits.size(); i++) {
      action.accept(bits.get(i), i);
    }
  }

  private interface BitsAction {
    void accept(long bits, long index);
  }
}
