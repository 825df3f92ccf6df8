package io.github.convnet4j.data;

/**
 * Images in memory, as unsigned bytes from 0 to 255. As floats, they are scaled to values from 0 to
 * 1.
 *
 * <p>They are stored in several arrays, so they may take more than 2 GiB:
 *
 * <pre>{@code
 * HeapBytes pixels = HeapBytes.allocate(scans.size(), 512 * 512);
 * for (int i = 0; i < scans.size(); i++) {
 *   pixels.put(i, scans.get(i).read());
 * }
 * DataSet data = DataSet.of(Images.of(pixels, Shape.of(512, 512, 1)), labels, 2);
 * }</pre>
 */
public final class HeapBytes implements Pixels {
  /** Scales pixels like the Python notebooks: one multiplication in single precision. */
  private static final float SCALE = (float) (1 / 255.0);

  /** The scaled value of each byte: looking it up is faster than the multiplication. */
  private static final float[] SCALED = new float[256];

  static {
    for (int i = 0; i < SCALED.length; i++) {
      SCALED[i] = i * SCALE;
    }
  }

  private final int size;
  private final Chunks chunks;
  private final byte[][] arrays;

  private HeapBytes(int size, Chunks chunks, byte[][] arrays) {
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
  public static HeapBytes allocate(int size, int valuesPerImage) {
    Chunks chunks = Chunks.of(valuesPerImage, Byte.BYTES);
    byte[][] arrays = new byte[chunks.count(size)][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = new byte[chunks.length(i, size)];
    }
    return new HeapBytes(size, chunks, arrays);
  }

  /**
   * Returns the images in an array, which is not copied and must not be changed afterwards.
   *
   * @param all the images one after another
   * @param valuesPerImage a divisor of its length
   */
  public static HeapBytes wrap(byte[] all, int valuesPerImage) {
    Chunks chunks = Chunks.one(all.length, valuesPerImage);
    return new HeapBytes(all.length / valuesPerImage, chunks, new byte[][] {all});
  }

  /**
   * Sets an image. Threads may set different images at the same time. Images must not change any
   * more once a data set has them.
   *
   * @param pixels as many as an image has
   */
  public void put(int image, byte[] pixels) {
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
    byte[] bytes = new byte[valuesPerImage()];
    System.arraycopy(arrays[chunks.chunk(image)], chunks.position(image), bytes, 0, bytes.length);
    return bytes;
  }

  @Override
  public void copy(int image, float[] to, int at) {
    scale(arrays[chunks.chunk(image)], chunks.position(image), valuesPerImage(), to, at);
  }

  /** Copies {@code n} unsigned bytes to an array, scaled to values from 0 to 1. */
  public static void scale(byte[] from, int first, int n, float[] to, int at) {
    for (int i = 0; i < n; i++) {
      to[at + i] = SCALED[from[first + i] & 0xff];
    }
  }
}
