package io.github.convnet4j.data;

import java.util.Arrays;

/** A sequence of pixels, stored as bytes or floats, and copied out as either. */
public interface Pixels {
  /** Number of values. */
  int length();

  /**
   * Returns the values from {@code from} (inclusive) to {@code to} (exclusive) as unsigned bytes.
   */
  byte[] bytes(int from, int to);

  /** Copies {@code n} values, starting at {@code from}, to an array as floats, where 1 is white. */
  void copy(int from, int n, float[] values, int at);

  /** Unsigned bytes, from 0 to 255. */
  @SuppressWarnings("ArrayRecordComponent") // Pixels are not compared; copies would cost time.
  record OfBytes(byte[] all) implements Pixels {
    /** Scales pixels like the Python notebooks: one multiplication in single precision. */
    private static final float SCALE = (float) (1 / 255.0);

    @Override
    public int length() {
      return all.length;
    }

    @Override
    public byte[] bytes(int from, int to) {
      return Arrays.copyOfRange(all, from, to);
    }

    @Override
    public void copy(int from, int n, float[] values, int at) {
      for (int i = 0; i < n; i++) {
        values[at + i] = (all[from + i] & 0xff) * SCALE;
      }
    }
  }

  /** Floats. As bytes they are clipped to the range from 0 to 1, scaled and rounded. */
  @SuppressWarnings("ArrayRecordComponent") // Pixels are not compared; copies would cost time.
  record OfFloats(float[] all) implements Pixels {
    @Override
    public int length() {
      return all.length;
    }

    @Override
    public byte[] bytes(int from, int to) {
      byte[] bytes = new byte[to - from];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Math.round(255 * Math.min(1, Math.max(0, all[from + i])));
      }
      return bytes;
    }

    @Override
    public void copy(int from, int n, float[] values, int at) {
      System.arraycopy(all, from, values, at, n);
    }
  }
}
