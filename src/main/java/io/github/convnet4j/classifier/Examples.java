package io.github.convnet4j.classifier;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.TargetBatch;
import io.github.convnet4j.data.TargetSet;
import java.util.function.Function;

/**
 * Images with what a network should make of them, whether classes or numbers.
 *
 * @param size how many
 * @param batches gives those with some indices, in their order
 */
record Examples(int size, Function<int[], TargetBatch> batches) {
  /** The targets are the labels, one-hot. */
  static Examples of(DataSet images) {
    return new Examples(
        images.size(),
        indices -> {
          Batch batch = images.batch(indices);
          return new TargetBatch(batch.size(), batch.images(), batch.labels());
        });
  }

  static Examples of(TargetSet images) {
    return new Examples(images.size(), images::batch);
  }

  TargetBatch batch(int[] indices) {
    return batches.apply(indices);
  }
}
