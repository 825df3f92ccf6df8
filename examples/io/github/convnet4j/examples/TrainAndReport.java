package io.github.convnet4j.examples;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.commandline.Terminal;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.files.IdxFolder;
import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.listener.CsvHistory;
import io.github.convnet4j.listener.EarlyStopping;
import io.github.convnet4j.listener.JsonHistory;
import io.github.convnet4j.listener.ProgressBar;
import io.github.convnet4j.listener.StopOnNaN;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.report.Report;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.tensorboard.TensorBoardListener;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.awt.AWTError;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains with every kind of listener, and shows in one HTML page what was learned. */
@Command(
    name = "TrainAndReport",
    description = "trains with every kind of listener, and opens a report on what was learned")
public final class TrainAndReport extends Example {
  private static final TrainingSettings DEFAULTS = new TrainingSettings(30, 50, 0.001, 1, 777);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "the folder with MNIST's four files, or with other data in files of the same names"
              + " (default: the digits that come with the program)")
  private Path directory;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "where all files go, each run in its own folder (default: ${DEFAULT-VALUE})")
  private Path output = Path.of("target", "train-and-report");

  @Option(names = "--no-browser", description = "do not open the report in the browser")
  private boolean noBrowser;

  @Mixin private TrainingOptions training = new TrainingOptions(DEFAULTS);

  public static void main(String[] args) {
    new TrainAndReport().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    DataSets images =
        Optional.ofNullable(directory).map(IdxFolder::read).orElseGet(BundledDigits::read);
    Path folder = RunFolder.createIn(output);
    return () -> {
      Path report = train(console, images, settings, folder);
      if (noBrowser || !Browser.open(report)) {
        console.messages().println("Open it in a browser.");
      }
    };
  }

  /** The network: two convolutions and two dense layers. */
  static Network network(DataSet images) {
    return Network.of(
        Shape.of(images.height(), images.width(), images.channels()), // [28, 28, 1]
        conv2d(16, 5),
        relu(),
        maxPool(2), // -> [14, 14, 16]
        dropout(0.2),
        conv2d(32, 5),
        relu(),
        maxPool(2), // -> [7, 7, 32]
        dropout(0.4),
        flatten(),
        dense(64),
        relu(),
        dropout(0.4),
        dense(images.classes()));
  }

  /**
   * Trains, and writes checkpoints, histories, TensorBoard event files and the report.
   *
   * @param folder a new folder
   * @return the report's file
   */
  public static Path train(
      Console console, DataSets images, TrainingSettings settings, Path folder) {
    FitOptions options =
        epochs(settings.epochs()).batchSize(settings.batchSize()).validateOn(images.validation());
    try (Model<Prediction> model =
        Model.of(
            network(images.train()),
            classification(),
            adam(settings.learningRate()),
            ModelOptions.seed(settings.seed()))) {
      console.print(model.network().summary());
      History history =
          model.fit(
              images.train(),
              options,
              StopOnNaN.onCostOrWeights(),
              ProgressBar.on(console.messages(), Terminal.showsStandardError()),
              CsvHistory.to(folder.resolve("history.csv")),
              JsonHistory.to(folder.resolve("history.json")),
              TensorBoardListener.into(folder.resolve("tensorboard")),
              Checkpoints.everyEpoch(folder.resolve("checkpoints")).keep(3),
              EarlyStopping.on("val_loss", 8));
      console.print("Epochs:", history.epochs().size());
      console.print("Test:", model.evaluate(images.test()));

      Path report = folder.resolve("report.html");
      Report.of(model, images.test())
          .title("Handwritten digits: what the network learned")
          .description(images.summary())
          .history(history)
          .fitOptions(options)
          .write(report);
      console.print("Report:", report);
      return report;
    }
  }

  /** The user's browser, if there is a desktop. */
  private static final class Browser {
    private Browser() {}

    /** Opens a local page; returns whether there is a browser to open it in. */
    static boolean open(Path page) {
      try {
        if (GraphicsEnvironment.isHeadless()
            || !Desktop.isDesktopSupported()
            || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
          return false;
        }
        Desktop.getDesktop().browse(page.toAbsolutePath().toUri());
        return true;
      } catch (IOException | RuntimeException | AWTError | LinkageError e) {
        // The display does not answer, or the desktop has no browser: the page exists anyway.
        return false;
      }
    }
  }

  /** A folder for one run, next to those of earlier runs. */
  static final class RunFolder {
    private RunFolder() {}

    /**
     * Creates {@code run-1}, or the first number that is free.
     *
     * @throws UsageException if it cannot be created
     */
    static Path createIn(Path output) {
      try {
        Files.createDirectories(output);
        for (int run = 1; ; run++) {
          try {
            return Files.createDirectory(output.resolve("run-" + run));
          } catch (FileAlreadyExistsException e) {
            // Taken by an earlier run: try the next number.
          }
        }
      } catch (IOException e) {
        throw new UsageException(
            "--output: cannot create a folder in %s (%s): give another folder"
                .formatted(output, e));
      }
    }
  }
}
