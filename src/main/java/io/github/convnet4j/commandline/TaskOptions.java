package io.github.convnet4j.commandline;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.ExampleParts;
import io.github.convnet4j.files.MaskFolder;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.Coordinates;
import io.github.convnet4j.task.Regression;
import io.github.convnet4j.task.Task;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Option;

/** The options that say what is to be learned from the data. */
final class TaskOptions {
  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = {
        "what is predicted for each picture:",
        "  - classification: one of several classes",
        "  - multi-label: any number of labels, from a table of ones and zeros",
        "  - regression: numbers, from a table",
        "  - segmentation: the class of each pixel, from masks",
        "default: what the data are for"
      })
  private TaskKind task;

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description =
          "for regression and multi-label: the columns of the table to predict (default: all but"
              + " the one with the file names)")
  private List<String> columns = List.of();

  @Option(
      names = "--boxes",
      paramLabel = "UNIT",
      description =
          "for regression: the targets are boxes (left, top, right, bottom), in pixels or fractions"
              + " of the width and height; --augment moves them with the pictures")
  private Coordinates.Unit boxes;

  @Option(
      names = "--points",
      paramLabel = "UNIT",
      description =
          "for regression: the targets are points (x, y), in pixels or fractions of the width and"
              + " height; --augment moves them with the pictures")
  private Coordinates.Unit points;

  @Option(
      names = "--class-names",
      paramLabel = "NAME",
      split = ",",
      description =
          "for segmentation: the names of the classes 0, 1 and so on, such as road,sky,rest"
              + " (default: their numbers)")
  private List<String> classNames = List.of();

  @Option(
      names = "--unlabeled",
      paramLabel = "N",
      description =
          "for segmentation: the value, such as 255, of pixels in masks that belong to no class and"
              + " count neither in training nor in evaluation")
  private int unlabeled = KnownTask.NONE;

  /** The examples, and what is learned from them. */
  record Read(KnownTask task, TaskData data) {}

  /**
   * Returns the task, as far as it can be known before the data are read: for a table without
   * {@code --task}, it may turn out to be multi-label.
   *
   * @throws UsageException if the options are not for it
   */
  TaskKind kind(DataOptions data) {
    data.checkGroups();
    TaskKind kind = Optional.ofNullable(task).orElseGet(data::suggestedTask);
    if (!kind.hasTable()) {
      data.refuseTargets(kind);
      refuse("--columns", !columns.isEmpty(), kind, "regression and multi-label");
    }
    if (kind != TaskKind.REGRESSION) {
      refuse("--boxes", boxes != null, kind, "regression");
      refuse("--points", points != null, kind, "regression");
    }
    if (boxes != null && points != null) {
      throw new UsageException("--boxes and --points: the targets are the one or the other");
    }
    if (kind != TaskKind.SEGMENTATION) {
      refuse("--class-names", !classNames.isEmpty(), kind, "segmentation");
      refuse("--unlabeled", unlabeled != KnownTask.NONE, kind, "segmentation");
    }
    MaskFolder plain = MaskFolder.of(Path.of(""));
    MaskFolder named =
        UsageException.naming(
            "--class-names", () -> plain.classNames(classNames.toArray(String[]::new)));
    UsageException.naming("--unlabeled", () -> named.unlabeled(unlabeled));
    return kind;
  }

  private static void refuse(String option, boolean given, TaskKind kind, String instead) {
    if (given) {
      throw new UsageException("%s is for %s, not for %s".formatted(option, instead, kind));
    }
  }

  /**
   * Reads the data, and prints messages that describe them.
   *
   * @param format the format of pictures
   */
  Read read(DataOptions data, PictureFormat format, Output output) {
    TaskKind kind = kind(data);
    data.checkStorage();
    checkPixels("--boxes", boxes, format);
    checkPixels("--points", points, format);
    if (kind == TaskKind.CLASSIFICATION) {
      DataSets sets = data.read(output, format);
      return new Read(new KnownTask(kind, sets.classNames(), KnownTask.NONE), TaskData.of(sets));
    }
    List<String> names = kind.hasTable() ? columns : classNames;
    ExampleParts parts = data.parts(new KnownTask(kind, names, unlabeled), format, output);
    print(parts, output.messages());
    boolean known = task != null || boxes != null || points != null;
    TaskKind found = known ? kind : announce(kind, parts, output.messages());
    return new Read(new KnownTask(found, parts.names(), unlabeled), TaskData.of(parts));
  }

  /** Tables have the pixels of the pictures in the files. */
  private static void checkPixels(String option, Coordinates.Unit unit, PictureFormat format) {
    if (unit == Coordinates.Unit.PIXELS && format.size().isPresent()) {
      throw new UsageException(
          "%s pixels: --size changes which pixels they are: leave out --size, or give fractions of"
                  .formatted(option)
              + " the width and height, and %s fractions".formatted(option));
    }
  }

  /**
   * Returns a task that knows which targets are boxes or points.
   *
   * @param moved whether pictures are moved in training; if their targets may have to follow, but
   *     do not, a message says so
   */
  Task<?> located(Task<?> of, boolean moved, Output output) {
    if (!(of instanceof Regression regression)) {
      return of;
    }
    if (boxes != null) {
      return UsageException.naming("--boxes", () -> regression.boxes(boxes));
    }
    if (points != null) {
      return UsageException.naming("--points", () -> regression.points(points));
    }
    if (moved) {
      output
          .messages()
          .println(
              "--augment moves the pictures and leaves the targets as they are: if these are places"
                  + " in the pictures, give --boxes or --points");
    }
    return regression;
  }

  static void print(ExampleParts parts, PrintStream messages) {
    List<String> lines = parts.lines();
    messages.println("Data: " + lines.get(0));
    lines.stream().skip(1).forEach(messages::println);
  }

  /** Decides between numbers and labels, and says which task was chosen, and why. */
  private static TaskKind announce(TaskKind kind, ExampleParts parts, PrintStream messages) {
    TaskKind found = kind == TaskKind.REGRESSION && areLabels(parts) ? TaskKind.MULTI_LABEL : kind;
    messages.printf(
        "Task: %s (%s)%n",
        found,
        switch (found) {
          case MULTI_LABEL -> "all targets are 0 or 1; --task regression takes them as numbers";
          case REGRESSION -> "the targets are numbers";
          default -> "the pictures have masks";
        });
    return found;
  }

  private static boolean areLabels(ExampleParts parts) {
    AtomicBoolean labels = new AtomicBoolean(true);
    EachTarget.of(
        parts.all(),
        target -> {
          for (float value : target) {
            if (value != 0 && value != 1) {
              labels.set(false);
            }
          }
        });
    return labels.get();
  }
}
