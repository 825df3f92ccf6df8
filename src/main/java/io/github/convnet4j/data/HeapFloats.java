package io.github.convnet4j.data;

/**
 * Images in memory, as floats, from 0 to 1 as a rule. As bytes, they are clipped to this range,
 * scaled and rounded. They are stored in several arrays, like {@link HeapBytes}.
 */
public final class HeapFloats implements Pixels {
  private static final int WHITE = 255;

  private final int size;
  private final Chunks chunks;
  private final float[][] arrays;

  private HeapFloats(int size, Chunks chunks, float[][] arrays) {
    this.size = size;
    this.chunks = chunks;
    this.arrays = arrays;
  }

  /**
   * Returns images that are black until {@link #put} is called.
   *
   * @param size number of images, at least 1
   * @param valuesPerImage at least 1
   * @throws OutOfMemoryError if they do not fit into the heap; see {@link HeapLimit}
   */
  public static HeapFloats allocate(int size, int valuesPerImage) {
    Chunks chunks = Chunks.of(valuesPerImage, Float.BYTES);
    float[][] arrays = new float[chunks.count(size)][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = new float[chunks.length(i, size)];
    }
    return new HeapFloats(size, chunks, arrays);
  }

  /**
   * Returns the images in an array, which is not copied and must not be changed afterwards.
   *
   * @param all the images one after another
   * @param valuesPerImage a divisor of its length
   */
  public static HeapFloats wrap(float[] all, int valuesPerImage) {
    Chunks chunks = Chunks.one(all.length, valuesPerImage);
    return new HeapFloats(all.length / valuesPerImage, chunks, new float[][] {all});
  }

  /**
   * Sets an image. Threads may set different images at the same time. Images must not change any
   * more once a data set has them.
   *
   * @param pixels as many as an image has
   */
  public void put(int image, float[] pixels) {
    Images.checkLength("pixels", pixels.length, 1, valuesPerImage());
    System.arraycopy(pixels, 0, arrays[chunks.chunk(image)], chunks.position(image), pixels.length);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int valuesPerImage() {
    return chunks.valuesPerImage();
  }

  @Override
  public byte[] bytes(int image) {
    float[] values = arrays[chunks.chunk(image)];
    int from = chunks.position(image);
    byte[] bytes = new byte[valuesPerImage()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(WHITE * Math.min(1, Math.max(0, values[from + i])));
    }
    return bytes;
  }

  @Override
  public void copy(int image, float[] to, int at) {
    System.arraycopy(arrays[chunks.chunk(image)], chunks.position(image), to, at, valuesPerImage());
  }
}
