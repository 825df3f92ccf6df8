package io.github.convnet4j.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;

/**
 * An image with its class, on its way to a shard; or a row of which none could be made.
 *
 * <p>Its place follows from its content and a seed. So the shards depend only on which examples
 * there are: not on the partitions of the table, the order in which they arrive, or how often a
 * lost one is computed again.
 */
final class Example implements Serializable, Comparable<Example> {
  private static final long serialVersionUID = 1;

  private static final byte[] NOTHING = {};

  private static final Comparator<Example> ORDER =
      Comparator.<Example>comparingLong(example -> example.place)
          .thenComparingInt(example -> example.label)
          .thenComparing(example -> example.pixels, Arrays::compare)
          .thenComparing(example -> example.values, Arrays::compare);

  private final byte[] pixels;
  private final float[] values;
  private final int label;
  private final long place;
  private final double lot;
  private final String fault;

  private Example(byte[] pixels, float[] values, int label, long place, double lot, String fault) {
    this.pixels = pixels;
    this.values = values;
    this.label = label;
    this.place = place;
    this.lot = lot;
    this.fault = fault;
  }

  /** Returns an example whose input is unsigned bytes. */
  static Example of(byte[] pixels, int label, long seed) {
    return of(pixels, new float[0], pixels, label, seed);
  }

  /** Returns an example whose input is floats. */
  static Example of(float[] values, int label, long seed) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return of(NOTHING, values, bytes.array(), label, seed);
  }

  private static Example of(byte[] pixels, float[] values, byte[] content, int label, long seed) {
    MessageDigest digest = SavedNetwork.sha256();
    digest.update(
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(seed).putInt(label).flip());
    ByteBuffer bits = ByteBuffer.wrap(digest.digest(content));
    return new Example(
        pixels, values, label, bits.getLong(), (bits.getLong() >>> 11) * 0x1p-53, "");
  }

  /** Returns a row that cannot be used. */
  static Example bad(String reason) {
    return new Example(NOTHING, new float[0], 0, 0, 0, reason);
  }

  boolean isGood() {
    return fault.isEmpty();
  }

  /** Returns why the row cannot be used; empty if it can. */
  String fault() {
    return fault;
  }

  int label() {
    return label;
  }

  /** Returns the most significant bits of the example's random place. */
  int bucket(int bits) {
    return (int) (place >>> (Long.SIZE - bits));
  }

  /** Returns whether the example is among those that are held out. */
  boolean isHeldOut(double share) {
    return lot < share;
  }

  /** Copies the input into an array as floats; bytes are scaled to values from 0 to 1. */
  void copyTo(float[] to, int at) {
    if (values.length > 0) {
      System.arraycopy(values, 0, to, at, values.length);
    } else {
      for (int i = 0; i < pixels.length; i++) {
        to[at + i] = (pixels[i] & 0xff) / 255f;
      }
    }
  }

  /** In the order of their random places; examples of the same place are equal. */
  @Override
  public int compareTo(Example other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Example example && compareTo(example) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(place);
  }
}
