package io.github.convnet4j.data;

/**
 * Some images of a {@link DataSet} with their labels, in flat arrays as a tensor's buffer takes
 * them. The arrays belong to whoever asked for the batch; the data set keeps no hold on them.
 *
 * @param size number of images, {@code batch} below
 * @param images {@code [batch, height, width, channels]} row by row, each value from 0 to 1
 * @param labels one-hot, {@code [batch, classes]} row by row
 * @param classLabels the same labels as class numbers, {@code [batch]}
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares batches; copies would cost time.
public record Batch(int size, float[] images, float[] labels, int[] classLabels) {
  /** Checks that the arrays share out among the images. */
  public Batch {
    if (size < 1
        || images.length % size != 0
        || labels.length % size != 0
        || classLabels.length != size) {
      throw new IllegalArgumentException(
          "size must be at least 1 and share out %d pixels, %d one-hot and %d class labels: %d"
              .formatted(images.length, labels.length, classLabels.length, size));
    }
  }
}
