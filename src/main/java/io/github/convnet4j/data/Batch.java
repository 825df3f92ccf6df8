package io.github.convnet4j.data;

/**
 * Some images of a {@link DataSet} with their labels, in flat arrays ready for a tensor's buffer.
 * The arrays belong to the caller; the data set keeps no reference to them.
 *
 * @param size number of images, {@code batch} below
 * @param images {@code [batch, height, width, channels]} row by row, from 0 to 1 as a rule
 * @param labels one-hot, {@code [batch, classes]} row by row
 * @param classLabels the same labels as class numbers, {@code [batch]}
 */
@SuppressWarnings("ArrayRecordComponent") // Batches are not compared; copies would cost time.
public record Batch(int size, float[] images, float[] labels, int[] classLabels) {
  /** Checks that the lengths of the arrays match the number of images. */
  public Batch {
    if (size < 1
        || images.length % size != 0
        || labels.length % size != 0
        || classLabels.length != size) {
      throw new IllegalArgumentException(
          "size must be at least 1 and match %d pixels, %d one-hot values and %d class labels: %d"
              .formatted(images.length, labels.length, classLabels.length, size));
    }
  }
}
