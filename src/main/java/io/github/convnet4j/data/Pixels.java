package io.github.convnet4j.data;

import java.util.Arrays;

/** Pixels one after another, kept as bytes or as numbers, and handed out as copies of either. */
interface Pixels {
  /** How many there are. */
  int length();

  /** Those from {@code from} up to but without {@code to} as unsigned bytes. */
  byte[] bytes(int from, int to);

  /** Copies {@code n} of them from {@code from} on, as numbers, 1 being white, to an array. */
  void copy(int from, int n, float[] values, int at);

  /** Unsigned bytes, which are 255 times the number. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares pixels; copies would cost time.
  record OfBytes(byte[] all) implements Pixels {
    /** As the notebooks' Python scales pixels: one multiplication in single precision. */
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

  /** Numbers; as bytes they are rounded, and moved into the range of bytes. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares pixels; copies would cost time.
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
