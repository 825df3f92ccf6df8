package io.github.convnet4j.data;

/**
 * Some images with their targets, in flat arrays ready for a tensor's buffer. The arrays belong to
 * the caller.
 *
 * @param size number of images, {@code batch} below
 * @param images {@code [batch, height, width, channels]} row by row
 * @param targets {@code [batch, targetsPerImage]} row by row
 */
@SuppressWarnings("ArrayRecordComponent") // Batches are not compared; copies would cost time.
public record TargetBatch(int size, float[] images, float[] targets) {
  /** Checks that the lengths of the arrays match the number of images. */
  public TargetBatch {
    if (size < 1 || images.length % size != 0 || targets.length % size != 0) {
      throw new IllegalArgumentException(
          "size must be at least 1 and match %d pixels and %d targets: %d"
              .formatted(images.length, targets.length, size));
    }
  }
}
