package io.github.convnet4j.commandline;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import java.util.function.Consumer;

/** Reads examples one by one. */
final class EachExample {
  private EachExample() {}

  /** Passes on each example, always in the same arrays. */
  static void of(Source examples, Consumer<ExampleBatch> use) {
    ExampleBatch example = examples.newBatch(1);
    for (int i = 0; i < examples.size(); i++) {
      examples.fill(new int[] {i}, example);
      use.accept(example);
    }
  }
}
