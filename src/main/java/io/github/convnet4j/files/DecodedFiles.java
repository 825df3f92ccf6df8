package io.github.convnet4j.files;

import io.github.convnet4j.data.HeapBytes;
import io.github.convnet4j.data.Pixels;

/** Images in files that are decoded each time they are needed. */
record DecodedFiles(int size, int valuesPerImage, Decoder decoder) implements Pixels {
  /** Decodes the file with a number, which always gives the same values. */
  @FunctionalInterface
  interface Decoder {
    /**
     * Returns as many values as every image has.
     *
     * @throws io.github.convnet4j.data.DataException if the file cannot be read
     */
    byte[] decode(int file);
  }

  @Override
  public byte[] bytes(int image) {
    return decoder.decode(image);
  }

  @Override
  public void copy(int image, float[] to, int at) {
    HeapBytes.scale(decoder.decode(image), 0, valuesPerImage, to, at);
  }

  @Override
  public boolean isSlow() {
    return true;
  }
}
