package io.github.convnet4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;

/** The results do not depend on the length of a part. */
class FloatPartsTest {
  private static byte[] littleEndian(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static FloatDataBuffer buffer(float[] values) {
    return DataBuffers.of(values, false, false);
  }

  @Property(tries = 200)
  void writesAndReadsBackWithAnyPartLength(
      @ForAll @Size(max = 20) float[] values, @ForAll @IntRange(min = 1, max = 8) int length)
      throws IOException {
    FloatParts parts = new FloatParts(length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.write(buffer(values), out);
    assertArrayEquals(littleEndian(values), out.toByteArray());

    float[] read = new float[values.length];
    parts.read(new ByteArrayInputStream(out.toByteArray()), buffer(read));
    assertArrayEquals(values, read);
    if (values.length > 0) {
      byte[] few = Arrays.copyOf(out.toByteArray(), out.size() - 1);
      assertThrows(
          EOFException.class, () -> parts.read(new ByteArrayInputStream(few), buffer(read)));
    }
  }

  @Property(tries = 200)
  void findsASingleValueThatIsNotFinite(
      @ForAll @Size(min = 1, max = 20) @FloatRange float[] values,
      @ForAll @IntRange(min = 1, max = 8) int length,
      @ForAll @IntRange(max = 19) int at) {
    FloatParts parts = new FloatParts(length);
    assertEquals(true, parts.allFinite(buffer(values)));
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] spoiled = values.clone();
      spoiled[at % values.length] = bad;
      assertEquals(false, parts.allFinite(buffer(spoiled)));
    }
  }
}
