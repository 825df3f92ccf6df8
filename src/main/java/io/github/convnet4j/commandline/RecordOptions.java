package io.github.convnet4j.commandline;

import io.github.convnet4j.listener.CsvHistory;
import io.github.convnet4j.listener.JsonHistory;
import io.github.convnet4j.listener.ProgressBar;
import io.github.convnet4j.tensorboard.TensorBoardListener;
import io.github.convnet4j.train.TrainingListener;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what is recorded during training. */
final class RecordOptions {
  /** How progress is shown. */
  enum Progress {
    AUTO,
    BAR,
    LINES,
    NONE;

    /** As typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--checkpoints",
      paramLabel = "FOLDER",
      description =
          "save a checkpoint in this folder after each epoch, and when training is interrupted; the"
              + " same command then resumes from the last checkpoint, and ends with the same model")
  private Path checkpoints;

  @Option(
      names = "--checkpoint-steps",
      paramLabel = "N",
      description = "save a checkpoint every N steps, too")
  private Integer checkpointSteps;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "write each epoch's results to this .csv or .json file")
  private Path history;

  @Option(
      names = "--tensorboard",
      paramLabel = "FOLDER",
      description =
          "write curves, weights and misclassified images to this folder, for tensorboard --logdir"
              + " FOLDER")
  private Path tensorboard;

  @Option(
      names = "--progress",
      paramLabel = "auto|bar|lines|none",
      description =
          "how to show progress; auto is a bar on a terminal, otherwise a line for each epoch"
              + " (default: ${DEFAULT-VALUE})")
  private Progress progress = Progress.AUTO;

  Checkpointing checkpoints(PrintStream messages) {
    if (checkpointSteps != null && checkpointSteps < 1) {
      throw new UsageException("--checkpoint-steps must be at least 1: " + checkpointSteps);
    }
    if (checkpointSteps != null && checkpoints == null) {
      throw new UsageException("--checkpoint-steps needs --checkpoints FOLDER");
    }
    return new Checkpointing(
        Optional.ofNullable(checkpoints), Optional.ofNullable(checkpointSteps).orElse(0), messages);
  }

  /**
   * Returns all the places that a run writes to.
   *
   * @param best a folder for the checkpoint of the best epoch
   * @param cache a folder for decoded pictures
   */
  RunPlaces places(Path out, Optional<Path> best, Optional<Path> cache) {
    return new RunPlaces(
        out,
        Optional.ofNullable(checkpoints),
        best,
        Optional.ofNullable(history),
        Optional.ofNullable(tensorboard),
        cache);
  }

  /** Returns the listeners that record, except the one for checkpoints. */
  List<TrainingListener> listeners(PrintStream messages) {
    List<TrainingListener> listeners = new ArrayList<>();
    if (progress != Progress.NONE) {
      boolean bar =
          progress == Progress.BAR || (progress == Progress.AUTO && Terminal.showsStandardError());
      listeners.add(ProgressBar.on(messages, bar));
    }
    Optional.ofNullable(history).map(RecordOptions::history).ifPresent(listeners::add);
    Optional.ofNullable(tensorboard).map(TensorBoardListener::into).ifPresent(listeners::add);
    return listeners;
  }

  private static TrainingListener history(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return CsvHistory.to(file);
    }
    if (name.endsWith(".json")) {
      return JsonHistory.to(file);
    }
    throw new UsageException("--history must end in .csv or .json: " + file);
  }
}
