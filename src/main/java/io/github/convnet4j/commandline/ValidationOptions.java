package io.github.convnet4j.commandline;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.files.ExampleParts;
import io.github.convnet4j.files.ImageFolder;
import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.listener.ReduceOnPlateau;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Option;

/** The options that say which images each epoch is validated on, and what follows from it. */
final class ValidationOptions {
  private static final String NONE = "none";
  private static final String LOSS = "val_loss";

  @Option(
      names = "--validation",
      paramLabel = "SHARE|FOLDER|none",
      description =
          "the images that each epoch is validated on: a share, such as 0.2, of the images that are"
              + " not test images; a folder with other pictures, in the form of --data; or none"
              + " (default: the data's own validation images, or about a tenth of the images)")
  private String validation;

  @Option(
      names = "--early-stopping",
      paramLabel = "EPOCHS",
      description =
          "stop when this many epochs in a row have not improved on the best one, and restore the"
              + " weights of the best")
  private Integer patience;

  @Option(
      names = "--reduce-on-plateau",
      paramLabel = "EPOCHS",
      description =
          "divide the learning rate by 10 when this many epochs in a row have not improved on the"
              + " best one")
  private Integer plateau;

  @Option(
      names = "--monitor",
      paramLabel = "NAME",
      description =
          "the value that --early-stopping, --reduce-on-plateau and --best go by: val_loss, or a"
              + " metric on the validation images, such as val_accuracy or val_f1; without val_, of"
              + " the training images; or cost, the loss in training (default: val_loss)")
  private String monitor;

  @Option(
      names = "--best",
      paramLabel = "FOLDER",
      description = "keep a checkpoint of the best epoch so far in this folder")
  private Path best;

  @Option(names = "--judge-by", hidden = true)
  private String judgeBy;

  /**
   * The examples of a run.
   *
   * @param train to train on
   * @param validation to validate each epoch on, if any
   */
  record Learning(Source train, Optional<Source> validation) {}

  /** Returns the folder for the checkpoint of the best epoch, if one is wanted. */
  Optional<Path> best() {
    return Optional.ofNullable(best);
  }

  /**
   * Checks what does not depend on the data.
   *
   * @throws UsageException if an option needs another one
   */
  void check() {
    if (judgeBy != null) {
      throw new UsageException(
          "--judge-by is now --monitor: give --monitor val_loss or --monitor val_accuracy");
    }
    boolean used = patience != null || plateau != null || best != null;
    if (monitor != null && !used) {
      throw new UsageException(
          "--monitor needs --early-stopping, --reduce-on-plateau or --best, which go by its value");
    }
    if (used && NONE.equals(validation) && monitored().startsWith(EpochResult.VALIDATION)) {
      throw new UsageException(
          "--monitor %s needs validation images: leave out --validation none, or monitor a value of the training images, such as cost"
              .formatted(monitored()));
    }
  }

  /** Returns the name of the value that early stopping and others go by. */
  String monitored() {
    return Optional.ofNullable(monitor).orElse(LOSS);
  }

  /**
   * Checks that the monitored value is one that the run computes.
   *
   * @param output shape of the network's output
   * @param metrics what is computed besides the metrics of the task
   */
  void checkMonitor(TaskKind kind, Task<?> task, Shape output, List<Metric> metrics) {
    String name = monitored();
    if (name.equals(LOSS) || name.equals(EpochResult.COST)) {
      return;
    }
    String plain =
        name.startsWith(EpochResult.VALIDATION)
            ? name.substring(EpochResult.VALIDATION.length())
            : name;
    boolean known =
        Stream.concat(task.metrics(output).stream(), metrics.stream())
            .anyMatch(metric -> metric.name().equals(plain));
    if (!known) {
      Metric metric =
          Metrics.find(plain)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--monitor must be val_loss, cost, or the name of a metric, with or without val_, such as val_%s: %s"
                              .formatted(task.metrics(output).get(0).name(), name)));
      MetricText.check("--monitor", List.of(metric), kind, task, output);
    }
  }

  /** Returns how many images there are to train on, at least, if the data have this many. */
  int leastToTrainOn(int training) {
    double share = Optional.ofNullable(validation).flatMap(ValidationOptions::number).orElse(0.0);
    return Math.max(1, (int) (training * (1 - share)));
  }

  Learning of(TaskOptions.Read read, DataOptions options, PictureFormat format, Output output) {
    TaskData data = read.data();
    if (validation == null) {
      return new Learning(data.train(), Optional.of(data.validation()));
    }
    if (validation.equals(NONE)) {
      return announced(data.trainAndValidation(), Optional.empty(), output);
    }
    Optional<Double> share = number(validation);
    if (share.isPresent()) {
      TaskData split =
          UsageException.naming("--validation", () -> data.validationShare(share.get()));
      return announced(split.train(), Optional.of(split.validation()), output);
    }
    return announced(
        data.trainAndValidation(), Optional.of(pictures(read, options, format, output)), output);
  }

  /** Says how many images there are, since the data's own split was described before. */
  private Learning announced(Source train, Optional<Source> validation, Output output) {
    output
        .messages()
        .printf(
            Locale.ROOT,
            "--validation %s: train %d, validation %d%n",
            this.validation,
            train.size(),
            validation.map(Source::size).orElse(0));
    return new Learning(train, validation);
  }

  private Source pictures(
      TaskOptions.Read read, DataOptions options, PictureFormat format, Output output) {
    Shape image = read.data().train().inputShapes().get(0);
    PictureFormat.Colour colour =
        image.get(2) == 1 ? PictureFormat.Colour.GREY : PictureFormat.Colour.RGB;
    Source pictures = read(read, options, format.colour(colour), output);
    Shape found = pictures.inputShapes().get(0);
    if (!found.equals(image)) {
      throw new UsageException(
          "--validation: the pictures are %dx%d (height x width) but those of --data are %dx%d: give"
                  .formatted(found.get(0), found.get(1), image.get(0), image.get(1))
              + " --size to scale them all");
    }
    return pictures;
  }

  private Source read(
      TaskOptions.Read read, DataOptions options, PictureFormat format, Output output) {
    Path folder = PathText.read("--validation", validation);
    if (read.task().kind() == TaskKind.CLASSIFICATION) {
      ImageFolder.Pictures pictures =
          options.imageFolder(folder, format, output).readAll(read.task().names());
      pictures.notes().forEach(output.messages()::println);
      return pictures.images();
    }
    ExampleParts parts = options.parts(read.task(), folder, format, output);
    parts.lines().stream().skip(1).forEach(output.messages()::println);
    return parts.all();
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns the listeners that control training. */
  List<TrainingListener> listeners() {
    List<TrainingListener> listeners = new ArrayList<>();
    if (plateau != null) {
      listeners.add(
          UsageException.naming(
              "--reduce-on-plateau", () -> ReduceOnPlateau.on(monitored(), plateau)));
    }
    if (patience != null) {
      listeners.add(
          UsageException.naming("--early-stopping", () -> EarlyStopping.on(monitored(), patience)));
    }
    return listeners;
  }

  /** Returns the listener that keeps the best epoch, if that is wanted. */
  Optional<TrainingListener> bestCheckpoint() {
    return best().map(folder -> Checkpoints.best(folder, monitored()));
  }
}
