package io.github.convnet4j.train;

import io.github.convnet4j.data.ExampleBatch;
import java.util.List;

/**
 * A batch to train with.
 *
 * @param examples augmented; the loss compares predictions with their targets
 * @param judgedBy the targets that metrics compare predictions with, {@code [batch, …]} for each
 *     output: the same, unless they are mixtures of the targets of two images. Then they are those
 *     of the image with the larger share, since many metrics need one class
 */
record TrainingBatch(ExampleBatch examples, List<float[]> judgedBy) {
  TrainingBatch {
    judgedBy = List.copyOf(judgedBy);
  }
}
