package io.github.convnet4j.commandline;

import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.MultiLabel;
import io.github.convnet4j.task.Regression;
import io.github.convnet4j.task.Segmentation;
import io.github.convnet4j.task.Task;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tasks that the commands know. */
enum TaskKind {
  CLASSIFICATION("class", "classes"),
  MULTI_LABEL("label", "labels"),
  REGRESSION("target", "targets"),
  SEGMENTATION("class", "classes");

  private final String one;
  private final String several;

  TaskKind(String one, String several) {
    this.one = one;
    this.several = several;
  }

  /** Returns the kind of a task, if it is one of these. */
  static Optional<TaskKind> of(Task<?> task) {
    if (task instanceof Classification) {
      return Optional.of(CLASSIFICATION);
    }
    if (task instanceof MultiLabel) {
      return Optional.of(MULTI_LABEL);
    }
    if (task instanceof Regression) {
      return Optional.of(REGRESSION);
    }
    return task instanceof Segmentation ? Optional.of(SEGMENTATION) : Optional.empty();
  }

  /** Returns the names of all, for messages. */
  static String all() {
    return Arrays.stream(values()).map(TaskKind::toString).collect(Collectors.joining(", "));
  }

  /** Returns a number of what is predicted, for example {@code 2 classes}. */
  String count(long number) {
    return number + " " + (number == 1 ? one : several);
  }

  /** Returns what is predicted, in the plural: classes, labels or targets. */
  String several() {
    return several;
  }

  /** Returns the same as the first word of a line: Classes, Labels or Targets. */
  String title() {
    return several.substring(0, 1).toUpperCase(Locale.ROOT) + several.substring(1);
  }

  /** Whether the targets are rows of a table. */
  boolean hasTable() {
    return this == MULTI_LABEL || this == REGRESSION;
  }

  /** Whether the network ends in probabilities of classes that exclude each other. */
  boolean hasClasses() {
    return this == CLASSIFICATION || this == SEGMENTATION;
  }

  /** Whether the targets of two images can be mixed: a share of one class, the rest of another. */
  boolean mixesTargets() {
    return this == CLASSIFICATION || this == MULTI_LABEL;
  }

  /** As typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
