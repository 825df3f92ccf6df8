package io.github.convnet4j.task;

import io.github.convnet4j.loss.Loss;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/** What the tasks with classes have in common. */
final class Classes {
  private Classes() {}

  /** Returns a copy of the names, which must be different. */
  static List<String> checked(List<String> names) {
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("classNames must all be different: " + names);
    }
    return List.copyOf(names);
  }

  /** Returns the given names, or "0", "1", … if there are none. */
  static List<String> names(List<String> given, long classes) {
    return given.isEmpty()
        ? IntStream.range(0, Math.toIntExact(classes)).mapToObj(String::valueOf).toList()
        : given;
  }

  /** Checks the number of dimensions of an output, whose last one is that of the classes. */
  static void check(Shape output, int dimensions, String described, String remedy) {
    if (output.numDimensions() != dimensions) {
      throw new IllegalArgumentException(
          "network must have an output of shape %s (%s): it is %s"
              .formatted(described, remedy, output));
    }
  }

  /** Checks that there is a name for each of the classes, if there are names. */
  static void checkNames(List<String> names, long classes) {
    if (!names.isEmpty() && names.size() != classes) {
      throw new IllegalArgumentException(
          "classNames must have one name for each of the network's %d classes: it has %d"
              .formatted(classes, names.size()));
    }
  }

  /** Refuses the losses whose predictions are not probabilities. */
  static void checkProbabilities(Loss loss, String remedy) {
    if (loss.targets() != Loss.Targets.ANY && !loss.targets().areOfLogits()) {
      throw new IllegalArgumentException(
          "loss must be one that predicts probabilities, such as %s, not %s"
              .formatted(remedy, loss));
    }
  }

  /**
   * Refuses the losses for classes and labels, except sigmoid cross-entropy.
   *
   * @param ofClasses the task for classes
   * @param ofLabels the task for labels
   */
  static void checkNumbers(Loss loss, String ofClasses, String ofLabels) {
    boolean classes = loss.targets() == Loss.Targets.CLASSES;
    if (classes || loss.targets() == Loss.Targets.LABELS) {
      throw new IllegalArgumentException(
          "loss must be one for numbers, such as meanSquaredError() (%s), not %s"
              .formatted(classes ? ofClasses : ofLabels, loss));
    }
  }

  /** Checks the range of {@code n} targets. */
  static void checkTargets(Loss loss, float[] targets, int from, long n) {
    switch (loss.targets()) {
      case CLASSES, LABELS, SHARES -> checkProbabilities(targets, from, n);
      case COUNTS -> checkCounts(targets, from, n);
      case NUMBERS, ANY -> {
        // Any numbers will do.
      }
    }
  }

  /** Checks that targets are from 0 to 1. */
  static void checkProbabilities(float[] targets, int from, long n) {
    for (int i = 0; i < n; i++) {
      float value = targets[from + i];
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "target %d must be from 0 to 1: %s", i, value));
      }
    }
  }

  private static void checkCounts(float[] targets, int from, long n) {
    for (int i = 0; i < n; i++) {
      float value = targets[from + i];
      if (!(value >= 0 && Float.isFinite(value))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "target %d must be finite and at least 0, a count: %s", i, value));
      }
    }
  }
}
