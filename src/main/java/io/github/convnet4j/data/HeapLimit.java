package io.github.convnet4j.data;

/**
 * How much memory images may take: so that a user is told beforehand what does not fit, rather than
 * by an {@link OutOfMemoryError} in the middle of reading.
 */
final class HeapLimit {
  /** As many bytes as an array can hold on every JVM. */
  static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final long MEGABYTE = 1 << 20;

  /** What is left of the heap, a quarter, is for batches, histories and the program itself. */
  private static final double SHARE = 0.75;

  /** Larger heaps are recommended in steps of so many megabytes. */
  private static final long STEP = 100;

  private final long heap;

  private HeapLimit(long heap) {
    this.heap = heap;
  }

  /** That of this process. */
  static HeapLimit ofProcess() {
    return new HeapLimit(Runtime.getRuntime().maxMemory());
  }

  /** That of a heap of so many bytes. */
  static HeapLimit of(long heap) {
    return new HeapLimit(heap);
  }

  /** The most bytes that images may take. */
  long bytes() {
    return (long) (SHARE * heap);
  }

  /**
   * Checks that an array of images fits.
   *
   * @param what the images, as a sentence's subject in the plural: {@code 9 pictures of 4x4}
   * @param smaller how to make do with less, as the end of a sentence
   * @throws DataException if they do not fit into the heap or into one array
   */
  void check(String what, long bytes, String smaller) {
    if (bytes > LARGEST_ARRAY) {
      throw new DataException(
          "%s take %d MB, more than the %d MB that one array holds: %s"
              .formatted(what, megabytes(bytes), LARGEST_ARRAY / MEGABYTE, smaller));
    }
    if (bytes > bytes()) {
      throw new DataException(
          "%s take %d MB, but only %d MB of the heap are for images: %s, or give Java a larger heap by -Xmx%dm"
              .formatted(what, megabytes(bytes), bytes() / MEGABYTE, smaller, recommended(bytes)));
    }
  }

  /**
   * An array of this many bytes.
   *
   * @throws DataException as {@link #check}, also if the heap is too full for it by now
   */
  byte[] allocate(String what, long bytes, String smaller) {
    check(what, bytes, smaller);
    try {
      return new byte[Math.toIntExact(bytes)];
    } catch (OutOfMemoryError e) {
      throw new DataException(
          "%s take %d MB, for which the heap of %d MB has no room left: %s, or give Java a larger heap by -Xmx%dm"
              .formatted(
                  what,
                  megabytes(bytes),
                  heap / MEGABYTE,
                  smaller,
                  heap / MEGABYTE + recommended(bytes)),
          e);
    }
  }

  /** In megabytes, the heap by which so many bytes of images fit. */
  static long recommended(long bytes) {
    long megabytes = megabytes((long) (bytes / SHARE));
    return (megabytes + STEP - 1) / STEP * STEP;
  }

  /** Rounded up. */
  static long megabytes(long bytes) {
    return (bytes + MEGABYTE - 1) / MEGABYTE;
  }
}
