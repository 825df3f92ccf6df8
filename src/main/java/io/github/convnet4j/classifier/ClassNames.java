package io.github.convnet4j.classifier;

import io.github.convnet4j.model.Network;
import java.util.List;
import java.util.stream.IntStream;

/** The names of the classes. */
final class ClassNames {
  private ClassNames() {}

  /**
   * Returns the class names in a classifier's options; otherwise "0", "1", … for the network's
   * outputs.
   */
  static List<String> of(Settings options, Network network) {
    if (options instanceof ClassifierOptions classifier && !classifier.classNames().isEmpty()) {
      return classifier.classNames();
    }
    return IntStream.range(0, (int) network.output().get(0)).mapToObj(String::valueOf).toList();
  }
}
