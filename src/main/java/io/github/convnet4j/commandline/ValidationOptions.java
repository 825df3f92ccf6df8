package io.github.convnet4j.commandline;

import io.github.convnet4j.classifier.TrainingListener;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ImageFolder;
import io.github.convnet4j.data.PictureFormat;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.listener.Monitor;
import io.github.convnet4j.listener.ReduceOnPlateau;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What each epoch is judged by, and what comes of it. */
final class ValidationOptions {
  private static final String NONE = "none";

  /** What gets better. */
  enum Judge {
    COST(Monitor.VALIDATION_COST),
    ACCURACY(Monitor.VALIDATION_ACCURACY);

    private final Monitor monitor;

    Judge(Monitor monitor) {
      this.monitor = monitor;
    }

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--validation",
      paramLabel = "SHARE|FOLDER|none",
      description =
          "what each epoch is judged by: a share, as 0.2, of the images that are not for testing;"
              + " class folders of other pictures; or nothing (default: the data's own part, or"
              + " about a tenth)")
  private String validation;

  @Option(
      names = "--early-stopping",
      paramLabel = "EPOCHS",
      description =
          "stop when so many epochs in a row were no better than the best before, and go back to"
              + " that one's weights")
  private Integer patience;

  @Option(
      names = "--reduce-on-plateau",
      paramLabel = "EPOCHS",
      description =
          "take a tenth of the learning rate when so many epochs in a row were no better than the"
              + " best before")
  private Integer plateau;

  @Option(
      names = "--judge-by",
      paramLabel = "cost|accuracy",
      description = "what of the validation images must get better (default: ${DEFAULT-VALUE})")
  private Judge judge = Judge.COST;

  /**
   * What to learn from and what to judge by.
   *
   * @param train images to learn from
   * @param validation images to judge by, if any
   */
  record Learning(DataSet train, Optional<DataSet> validation) {}

  Learning of(DataSets data, DataOptions options, PictureFormat format, Output output) {
    if (validation == null) {
      return new Learning(data.train(), Optional.of(data.validation()));
    }
    if (validation.equals(NONE)) {
      if (patience != null || plateau != null) {
        throw new UsageException(
            "--early-stopping and --reduce-on-plateau need images to judge by: leave out"
                + " --validation none");
      }
      return new Learning(withoutTest(data), Optional.empty());
    }
    Optional<Double> share = number(validation);
    if (share.isPresent()) {
      DataSets split =
          UsageException.blame("--validation", () -> data.validationShare(share.get()));
      return new Learning(split.train(), Optional.of(split.validation()));
    }
    return new Learning(withoutTest(data), Optional.of(pictures(data, options, format, output)));
  }

  private static DataSet withoutTest(DataSets data) {
    return DataSet.concat(data.validation(), data.train());
  }

  private DataSet pictures(
      DataSets data, DataOptions options, PictureFormat format, Output output) {
    PictureFormat.Colour colour =
        data.train().channels() == 1 ? PictureFormat.Colour.GREY : PictureFormat.Colour.RGB;
    ImageFolder.Pictures read =
        options.imageFolder(path(validation), format.colour(colour)).readAll(data.classNames());
    read.notes().forEach(output.messages()::println);
    DataSet pictures = read.images();
    if (pictures.height() != data.train().height() || pictures.width() != data.train().width()) {
      throw new UsageException(
          "--validation: the pictures are %dx%d (height x width) but those of --data %dx%d: give"
                  .formatted(
                      pictures.height(),
                      pictures.width(),
                      data.train().height(),
                      data.train().width())
              + " --size to scale all to");
    }
    return pictures;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(
          "--validation must be a share, a folder or none: %s".formatted(text));
    }
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Those that steer the training. */
  List<TrainingListener> listeners() {
    List<TrainingListener> listeners = new ArrayList<>();
    if (plateau != null) {
      listeners.add(
          UsageException.blame(
              "--reduce-on-plateau", () -> ReduceOnPlateau.on(judge.monitor, plateau)));
    }
    if (patience != null) {
      listeners.add(
          UsageException.blame(
              "--early-stopping", () -> EarlyStopping.on(judge.monitor, patience)));
    }
    return listeners;
  }
}
