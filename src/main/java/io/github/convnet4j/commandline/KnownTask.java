package io.github.convnet4j.commandline;

import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.MultiLabel;
import io.github.convnet4j.task.Regression;
import io.github.convnet4j.task.Segmentation;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.train.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * What is learned, or was learned.
 *
 * @param names of the classes, labels or targets; empty for what the data say
 * @param unlabeled for a segmentation the value of pixels without a class, or -1
 */
record KnownTask(TaskKind kind, List<String> names, int unlabeled) {
  /** The value of {@link #unlabeled} for none. */
  static final int NONE = -1;

  /**
   * Returns the task of a model, if the commands can give it data: one with one input of pictures
   * and one output.
   *
   * @param folder the model's folder, for messages
   * @throws UsageException if they cannot
   */
  static KnownTask of(String folder, Model<?> model) {
    NetworkPorts.check(folder, model.network());
    Task<?> task = model.tasks().get(0).task();
    if (model.predictionType() != task.predictionType()) {
      throw new UsageException(
          "%s was created with Tasks.all, but this command is for models with one task: use the library's Model"
              .formatted(folder));
    }
    TaskKind kind =
        TaskKind.of(task)
            .orElseThrow(
                () ->
                    new UsageException(
                        "%s is a model for %s, but this command is for %s: use the library's Model"
                            .formatted(folder, task.getClass().getSimpleName(), TaskKind.all())));
    return new KnownTask(
        kind,
        names(kind, task, model.network().output()),
        task instanceof Segmentation segmentation ? segmentation.unlabeled() : NONE);
  }

  /**
   * Returns a task with names for its classes, labels or targets.
   *
   * @param task of this kind
   * @param given as many names as there are
   * @param folder the model's folder, for messages
   * @throws UsageException if the task has names already
   */
  Task<?> named(Task<?> task, List<String> given, Path folder) {
    if (!areNumbers(names)) {
      throw new UsageException(
          "--classes is for models without names, but %s has the %s %s: leave out the option"
              .formatted(folder, kind.several(), String.join(", ", names)));
    }
    return switch (kind) {
      case CLASSIFICATION -> new Classification(given, ((Classification) task).loss());
      case MULTI_LABEL -> new MultiLabel(given, ((MultiLabel) task).loss());
      case REGRESSION -> {
        Regression plain = (Regression) task;
        yield new Regression(given, plain.loss(), plain.coordinates());
      }
      case SEGMENTATION -> {
        Segmentation plain = (Segmentation) task;
        yield new Segmentation(given, plain.loss(), plain.unlabeled());
      }
    };
  }

  /** Whether names are 0, 1 and so on, which outputs without names have. */
  static boolean areNumbers(List<String> names) {
    return IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(String.valueOf(i)));
  }

  /** Returns the names of the classes, labels or targets of a task of this kind. */
  static List<String> names(TaskKind kind, Task<?> task, Shape output) {
    return switch (kind) {
      case CLASSIFICATION, SEGMENTATION -> task.classNames(output);
      case MULTI_LABEL -> ((MultiLabel) task).labelNames(output);
      case REGRESSION -> ((Regression) task).targetNames(output);
    };
  }
}
