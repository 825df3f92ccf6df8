package io.github.convnet4j.data;

/**
 * Some images with their targets, in flat arrays as a tensor's buffer takes them. The arrays belong
 * to whoever asked for the batch.
 *
 * @param size number of images, {@code batch} below
 * @param images {@code [batch, height, width, channels]} row by row
 * @param targets {@code [batch, targetsPerImage]} row by row
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares batches; copies would cost time.
public record TargetBatch(int size, float[] images, float[] targets) {
  /** Checks that the arrays share out among the images. */
  public TargetBatch {
    if (size < 1 || images.length % size != 0 || targets.length % size != 0) {
      throw new IllegalArgumentException(
          "size must be at least 1 and share out %d pixels and %d targets: %d"
              .formatted(images.length, targets.length, size));
    }
  }
}
