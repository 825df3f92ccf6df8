package io.github.convnet4j.train;

import io.github.convnet4j.data.ExampleBatch;
import java.util.List;

/**
 * A batch to train on.
 *
 * @param examples augmented; the loss compares predictions with their targets
 * @param judgedBy the targets that metrics compare predictions with, {@code [batch, …]} for each
 *     output: the same, unless they are mixtures of the targets of two images. Then they are those
 *     of the image with the larger share, since many metrics need one class
 * @param weights for each output by what the losses of the examples are multiplied, {@code
 *     [batch]}; empty if the examples have no weights
 */
record TrainingBatch(ExampleBatch examples, List<float[]> judgedBy, List<float[]> weights) {
  TrainingBatch {
    judgedBy = List.copyOf(judgedBy);
    weights = List.copyOf(weights);
  }

  int size() {
    return examples.size();
  }
}
