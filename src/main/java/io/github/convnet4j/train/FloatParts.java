package io.github.convnet4j.train;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;

/**
 * Processes any number of floats part by part, because as bytes they may be too many for one array.
 * Files hold them as 32-bit floats, least significant byte first.
 */
final class FloatParts {
  private final float[] part;
  private final byte[] bytes;
  private final FloatBuffer inFile;

  /** Processes this many floats at a time. */
  FloatParts(int length) {
    part = new float[length];
    bytes = new byte[Math.multiplyExact(length, Float.BYTES)];
    inFile = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /** Returns an instance with a part length that is fast. */
  static FloatParts ofUsualLength() {
    return new FloatParts(1 << 16);
  }

  private int lengthAt(long from, long size) {
    return (int) Math.min(part.length, size - from);
  }

  boolean allFinite(FloatDataBuffer values) {
    for (long from = 0; from < values.size(); from += part.length) {
      int length = lengthAt(from, values.size());
      values.slice(from, length).read(part, 0, length);
      for (int i = 0; i < length; i++) {
        if (!Float.isFinite(part[i])) {
          return false;
        }
      }
    }
    return true;
  }

  void write(FloatDataBuffer values, OutputStream out) throws IOException {
    for (long from = 0; from < values.size(); from += part.length) {
      int length = lengthAt(from, values.size());
      values.slice(from, length).read(part, 0, length);
      inFile.clear().put(part, 0, length);
      out.write(bytes, 0, length * Float.BYTES);
    }
  }

  /**
   * Fills a buffer.
   *
   * @throws java.io.EOFException if the stream ends before the buffer is full
   */
  void read(InputStream in, FloatDataBuffer values) throws IOException {
    DataInputStream data = new DataInputStream(in);
    for (long from = 0; from < values.size(); from += part.length) {
      int length = lengthAt(from, values.size());
      data.readFully(bytes, 0, length * Float.BYTES);
      inFile.clear().get(part, 0, length);
      values.slice(from, length).write(part, 0, length);
    }
  }
}
