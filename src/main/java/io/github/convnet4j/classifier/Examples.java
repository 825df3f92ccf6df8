package io.github.convnet4j.classifier;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.TargetBatch;
import io.github.convnet4j.data.TargetSet;

/**
 * Images with what a network should make of them, whether classes or numbers.
 *
 * @param size how many
 * @param pixels of an image
 * @param targets of an image
 * @param source of both
 */
record Examples(int size, int pixels, int targets, Source source) {
  /** Writes the images with some indices, and their targets, into arrays of their length. */
  interface Source {
    void fill(int[] indices, float[] pixels, float[] targets);
  }

  /** The targets are the labels, one-hot. */
  static Examples of(DataSet images) {
    return new Examples(images.size(), images.pixelsPerImage(), images.classes(), images::fill);
  }

  static Examples of(TargetSet images) {
    int pixels = images.height() * images.width() * images.channels();
    return new Examples(images.size(), pixels, images.targetsPerImage(), images::fill);
  }

  /** Those with these indices, in their order. */
  TargetBatch batch(int[] indices) {
    TargetBatch batch = room(indices.length);
    fill(indices, batch);
    return batch;
  }

  /** Room for so many examples. */
  TargetBatch room(int examples) {
    return new TargetBatch(
        examples,
        new float[Math.multiplyExact(examples, pixels)],
        new float[Math.multiplyExact(examples, targets)]);
  }

  /** Writes those with these indices into a batch of as many. */
  void fill(int[] indices, TargetBatch batch) {
    source.fill(indices, batch.images(), batch.targets());
  }
}
