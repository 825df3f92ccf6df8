package io.github.convnet4j.data;

/**
 * How much memory images may take. A user is told in advance if they do not fit, instead of getting
 * an {@link OutOfMemoryError} while they are read.
 */
public final class HeapLimit {
  /** The largest length of an array that every JVM supports. */
  public static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final long MEGABYTE = 1 << 20;

  /** The remaining quarter of the heap is for batches, histories and the program itself. */
  private static final double SHARE = 0.75;

  /** Recommended heap sizes are multiples of this many megabytes. */
  private static final long STEP = 100;

  private final long heap;

  private HeapLimit(long heap) {
    this.heap = heap;
  }

  /** Returns the limit of this process. */
  public static HeapLimit ofProcess() {
    return new HeapLimit(Runtime.getRuntime().maxMemory());
  }

  /** Returns the limit of a heap of this many bytes. */
  static HeapLimit of(long heap) {
    return new HeapLimit(heap);
  }

  /** Returns the largest number of bytes that images may take. */
  public long bytes() {
    return (long) (SHARE * heap);
  }

  /**
   * Checks that images fit.
   *
   * @param what the images, as the plural subject of a sentence: {@code 9 pictures of 4x4}
   * @param smaller how to need less memory, as the end of a sentence
   * @throws DataException if they do not fit into the heap
   */
  public void check(String what, long bytes, String smaller) {
    if (bytes > bytes()) {
      throw new DataException(
          "%s take %d MB, but only %d MB of the heap are for images: %s, or give Java a larger heap with -Xmx%dm"
              .formatted(what, megabytes(bytes), bytes() / MEGABYTE, smaller, recommended(bytes)));
    }
  }

  /**
   * Allocates an array of this many bytes.
   *
   * @throws DataException like {@link #check}, and also if no array can hold them, or the heap has
   *     too little free memory
   */
  public byte[] allocate(String what, long bytes, String smaller) {
    if (bytes > LARGEST_ARRAY) {
      throw new DataException(
          "%s take %d MB, more than the %d MB that an array can hold: %s"
              .formatted(what, megabytes(bytes), LARGEST_ARRAY / MEGABYTE, smaller));
    }
    check(what, bytes, smaller);
    try {
      return new byte[Math.toIntExact(bytes)];
    } catch (OutOfMemoryError e) {
      throw full(what, bytes, smaller, e);
    }
  }

  /** Returns the exception for images that fit into the heap, but not into what is free of it. */
  public DataException full(String what, long bytes, String smaller, OutOfMemoryError e) {
    return new DataException(
        "%s take %d MB, but the heap of %d MB has too little free memory: %s, or give Java a larger heap with -Xmx%dm"
            .formatted(
                what,
                megabytes(bytes),
                heap / MEGABYTE,
                smaller,
                heap / MEGABYTE + recommended(bytes)),
        e);
  }

  /** Returns a heap size in megabytes into which this many bytes of images fit. */
  public static long recommended(long bytes) {
    long megabytes = megabytes((long) (bytes / SHARE));
    return (megabytes + STEP - 1) / STEP * STEP;
  }

  /** Converts bytes to megabytes, rounded up. */
  public static long megabytes(long bytes) {
    return (bytes + MEGABYTE - 1) / MEGABYTE;
  }
}
