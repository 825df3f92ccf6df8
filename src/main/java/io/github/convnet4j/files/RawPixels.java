package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapBytes;
import io.github.convnet4j.data.HeapFloats;
import io.github.convnet4j.data.HeapLimit;
import io.github.convnet4j.data.Pixels;
import io.github.convnet4j.picture.PictureFormat.Range;
import java.util.List;

/** Pixels as a file has them, before it is decided what is black and white. */
interface RawPixels {
  /** Number of values, at least 1. */
  int length();

  double smallest();

  double largest();

  /** Whether all values are whole numbers. */
  boolean areWhole();

  /** Returns a value. */
  float value(int index);

  /**
   * Returns images of these pixels, with black as 0 and white as 1. Values outside are not clipped.
   *
   * @param perImage how many values an image has
   */
  Pixels in(Range range, int perImage);

  /** Returns the pixels one after another. */
  static RawPixels join(List<RawPixels> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    long length = parts.stream().mapToLong(RawPixels::length).sum();
    String what = "all %d pixels".formatted(length);
    if (parts.stream().allMatch(OfBytes.class::isInstance)) {
      byte[] all = HeapLimit.ofProcess().allocate(what, length, "give fewer images");
      int at = 0;
      for (RawPixels part : parts) {
        System.arraycopy(((OfBytes) part).all(), 0, all, at, part.length());
        at += part.length();
      }
      return new OfBytes(all);
    }
    HeapLimit.ofProcess().check(what, Float.BYTES * length, "give fewer images");
    float[] all = new float[Math.toIntExact(length)];
    int at = 0;
    for (RawPixels part : parts) {
      for (int i = 0; i < part.length(); i++) {
        all[at++] = part.value(i);
      }
    }
    return new OfFloats(all);
  }

  /** Unsigned bytes. */
  @SuppressWarnings("ArrayRecordComponent") // Pixels are not compared; copies would cost time.
  record OfBytes(byte[] all) implements RawPixels {
    @Override
    public int length() {
      return all.length;
    }

    @Override
    public double smallest() {
      int smallest = 255;
      for (byte each : all) {
        smallest = Math.min(smallest, each & 0xff);
      }
      return smallest;
    }

    @Override
    public double largest() {
      int largest = 0;
      for (byte each : all) {
        largest = Math.max(largest, each & 0xff);
      }
      return largest;
    }

    @Override
    public boolean areWhole() {
      return true;
    }

    @Override
    public float value(int index) {
      return all[index] & 0xff;
    }

    @Override
    public Pixels in(Range range, int perImage) {
      return isOfBytes(range) ? HeapBytes.wrap(all, perImage) : scaled(this, range, perImage);
    }
  }

  /** Floats, all finite. */
  @SuppressWarnings("ArrayRecordComponent") // Pixels are not compared; copies would cost time.
  record OfFloats(float[] all) implements RawPixels {
    /**
     * Checks the values.
     *
     * @param name of the file or array, for messages
     * @param perImage how many values an image has
     */
    static OfFloats checked(String name, float[] all, int perImage) {
      for (int i = 0; i < all.length; i++) {
        if (!Float.isFinite(all[i])) {
          throw new DataException(
              "%s: pixels must be finite, but pixel %d of image %d is %s: repair or remove the image"
                  .formatted(name, i % perImage, i / perImage, all[i]));
        }
      }
      return new OfFloats(all);
    }

    @Override
    public int length() {
      return all.length;
    }

    @Override
    public double smallest() {
      float smallest = Float.POSITIVE_INFINITY;
      for (float each : all) {
        smallest = Math.min(smallest, each);
      }
      return smallest;
    }

    @Override
    public double largest() {
      float largest = Float.NEGATIVE_INFINITY;
      for (float each : all) {
        largest = Math.max(largest, each);
      }
      return largest;
    }

    @Override
    public boolean areWhole() {
      for (float each : all) {
        if (each != Math.rint(each)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public float value(int index) {
      return all[index];
    }

    @Override
    public Pixels in(Range range, int perImage) {
      if (isOfBytes(range) && smallest() >= 0 && largest() <= 255 && areWhole()) {
        byte[] bytes = new byte[all.length];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) all[i];
        }
        return HeapBytes.wrap(bytes, perImage);
      }
      return range.black() == 0 && range.white() == 1
          ? HeapFloats.wrap(all, perImage)
          : scaled(this, range, perImage);
    }
  }

  private static boolean isOfBytes(Range range) {
    return range.black() == 0 && range.white() == 255;
  }

  private static Pixels scaled(RawPixels pixels, Range range, int perImage) {
    HeapLimit.ofProcess()
        .check(
            "%d pixels as floats".formatted(pixels.length()),
            (long) Float.BYTES * pixels.length(),
            "give fewer images");
    float[] scaled = new float[pixels.length()];
    double width = range.white() - range.black();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) ((pixels.value(i) - range.black()) / width);
    }
    return HeapFloats.wrap(scaled, perImage);
  }
}
