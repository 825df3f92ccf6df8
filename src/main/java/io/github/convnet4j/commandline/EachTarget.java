package io.github.convnet4j.commandline;

import io.github.convnet4j.data.Source;
import java.util.function.Consumer;

/** Reads the targets of examples one by one, without their inputs. */
final class EachTarget {
  private EachTarget() {}

  /** Passes on the only target of each example. */
  static void of(Source examples, Consumer<float[]> use) {
    for (int i = 0; i < examples.size(); i++) {
      use.accept(examples.readTargets(i).get(0));
    }
  }
}
