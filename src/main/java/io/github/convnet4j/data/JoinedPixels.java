package io.github.convnet4j.data;

import java.util.List;

/** The pixels of two sets of images of the same size, copied one after another. */
final class JoinedPixels {
  private JoinedPixels() {}

  /** Returns bytes if both sets have bytes, otherwise floats. */
  static Pixels of(Images first, Images second) {
    int each = first.pixelsPerImage();
    int length = Math.multiplyExact(Math.addExact(first.size(), second.size()), each);
    boolean bytes =
        first.pixels() instanceof Pixels.OfBytes && second.pixels() instanceof Pixels.OfBytes;
    byte[] allBytes = new byte[bytes ? length : 0];
    float[] allFloats = new float[bytes ? 0 : length];
    int at = 0;
    for (Images images : List.of(first, second)) {
      for (int i = 0; i < images.size(); i++) {
        if (bytes) {
          System.arraycopy(images.bytes(i), 0, allBytes, at, each);
        } else {
          System.arraycopy(images.floats(i), 0, allFloats, at, each);
        }
        at += each;
      }
    }
    return bytes ? new Pixels.OfBytes(allBytes) : new Pixels.OfFloats(allFloats);
  }
}
