package io.github.convnet4j.classifier;

import io.github.convnet4j.model.Network;
import java.util.List;
import java.util.stream.IntStream;

/** What the classes are called. */
final class ClassNames {
  private ClassNames() {}

  /** The names of a classifier's options; where there are none "0", "1", … for what is given. */
  static List<String> of(Settings options, Network network) {
    if (options instanceof ClassifierOptions classifier && !classifier.classNames().isEmpty()) {
      return classifier.classNames();
    }
    return IntStream.range(0, (int) network.output().get(0)).mapToObj(String::valueOf).toList();
  }
}
