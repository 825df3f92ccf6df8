package io.github.convnet4j.commandline;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ImageFolder;
import io.github.convnet4j.data.PictureFormat;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.listener.ReduceOnPlateau;
import io.github.convnet4j.train.TrainingListener;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which images each epoch is validated on, and what follows from it. */
final class ValidationOptions {
  private static final String NONE = "none";

  /** The measure that must improve. */
  enum Judge {
    COST("val_loss"),
    ACCURACY("val_accuracy");

    private final String monitor;

    Judge(String monitor) {
      this.monitor = monitor;
    }

    /** As typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--validation",
      paramLabel = "SHARE|FOLDER|none",
      description =
          "the images that each epoch is validated on: a share, such as 0.2, of the images that are"
              + " not test images; a folder of class folders with other pictures; or none (default:"
              + " the data's own validation images, or about a tenth of the images)")
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
      names = "--judge-by",
      paramLabel = "cost|accuracy",
      description =
          "the measure on the validation images that must improve (default: ${DEFAULT-VALUE})")
  private Judge judge = Judge.COST;

  /**
   * The images of a run.
   *
   * @param train images to train on
   * @param validation images to validate each epoch on, if any
   */
  record Learning(DataSet train, Optional<DataSet> validation) {}

  Learning of(DataSets data, DataOptions options, PictureFormat format, Output output) {
    if (validation == null) {
      return new Learning(data.train(), Optional.of(data.validation()));
    }
    if (validation.equals(NONE)) {
      if (patience != null || plateau != null) {
        throw new UsageException(
            "--early-stopping and --reduce-on-plateau need validation images: leave out"
                + " --validation none");
      }
      return new Learning(withoutTest(data), Optional.empty());
    }
    Optional<Double> share = number(validation);
    if (share.isPresent()) {
      DataSets split =
          UsageException.naming("--validation", () -> data.validationShare(share.get()));
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
          "--validation: the pictures are %dx%d (height x width) but those of --data are %dx%d: give"
                  .formatted(
                      pictures.height(),
                      pictures.width(),
                      data.train().height(),
                      data.train().width())
              + " --size to scale them all");
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

  /** Returns the listeners that control training. */
  List<TrainingListener> listeners() {
    List<TrainingListener> listeners = new ArrayList<>();
    if (plateau != null) {
      listeners.add(
          UsageException.naming(
              "--reduce-on-plateau", () -> ReduceOnPlateau.on(judge.monitor, plateau)));
    }
    if (patience != null) {
      listeners.add(
          UsageException.naming(
              "--early-stopping", () -> EarlyStopping.on(judge.monitor, patience)));
    }
    return listeners;
  }
}
