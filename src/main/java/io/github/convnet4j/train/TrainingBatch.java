package io.github.convnet4j.train;

import io.github.convnet4j.data.ExampleBatch;
import java.util.List;

/**
 * A batch to train on.
 *
 * @param weights for each output by what the losses of the examples are multiplied, {@code [batch]};
 *     empty if the examples have no weights
 */
record TrainingBatch(ExampleBatch examples, List<float[]> weights) {
  TrainingBatch {
    weights = List.copyOf(weights);
  }

  int size() {
    return examples.size();
  }
}
