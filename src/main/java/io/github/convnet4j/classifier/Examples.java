package io.github.convnet4j.classifier;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.TargetBatch;
import io.github.convnet4j.data.TargetSet;

/**
 * Images with their targets, either classes or numbers.
 *
 * @param size number of examples
 * @param pixels number of pixel values per image
 * @param targets number of targets per image
 * @param source where the values come from
 */
record Examples(int size, int pixels, int targets, Source source) {
  /**
   * Writes the images with the given indices, and their targets, into arrays of matching length.
   */
  interface Source {
    void fill(int[] indices, float[] pixels, float[] targets);
  }

  /** Returns the images with their labels, one-hot, as targets. */
  static Examples of(DataSet images) {
    return new Examples(images.size(), images.pixelsPerImage(), images.classes(), images::fill);
  }

  static Examples of(TargetSet images) {
    int pixels = images.height() * images.width() * images.channels();
    return new Examples(images.size(), pixels, images.targetsPerImage(), images::fill);
  }

  /** Returns the examples with these indices, in this order. */
  TargetBatch batch(int[] indices) {
    TargetBatch batch = room(indices.length);
    fill(indices, batch);
    return batch;
  }

  /** Returns an empty batch for this many examples. */
  TargetBatch room(int examples) {
    return new TargetBatch(
        examples,
        new float[Math.multiplyExact(examples, pixels)],
        new float[Math.multiplyExact(examples, targets)]);
  }

  /** Writes the examples with these indices into a batch of that size. */
  void fill(int[] indices, TargetBatch batch) {
    source.fill(indices, batch.images(), batch.targets());
  }
}
