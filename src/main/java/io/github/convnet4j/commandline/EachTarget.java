package io.github.convnet4j.commandline;

import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import java.util.function.Consumer;

/** Reads the targets of examples one by one, without their inputs. */
final class EachTarget {
  private EachTarget() {}

  /** Passes on the only target of each example, always in the same array. */
  static void of(Source examples, Consumer<float[]> use) {
    ExampleBatch example = examples.newBatch(1);
    for (int i = 0; i < examples.size(); i++) {
      examples.fillTargets(new int[] {i}, example.targets());
      use.accept(example.target());
    }
  }
}
