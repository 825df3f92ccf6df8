package io.github.convnet4j.commandline;

import io.github.convnet4j.classifier.TrainingListener;
import io.github.convnet4j.listener.CsvHistory;
import io.github.convnet4j.listener.JsonHistory;
import io.github.convnet4j.listener.ProgressBar;
import io.github.convnet4j.tensorboard.TensorBoardListener;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is written down while training goes on. */
final class RecordOptions {
  /** How progress is shown. */
  enum Progress {
    AUTO,
    BAR,
    LINES,
    NONE;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--checkpoints",
      paramLabel = "FOLDER",
      description =
          "save after each epoch there, and when stopped; if training was cut off, the same command"
              + " goes on from the last of them, to the same model")
  private Path checkpoints;

  @Option(
      names = "--checkpoint-steps",
      paramLabel = "N",
      description = "save every so many steps, too")
  private Integer checkpointSteps;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "write each epoch's numbers to this file.csv or file.json")
  private Path history;

  @Option(
      names = "--tensorboard",
      paramLabel = "FOLDER",
      description = "write curves, weights and mistakes there, for tensorboard --logdir FOLDER")
  private Path tensorboard;

  @Option(
      names = "--progress",
      paramLabel = "auto|bar|lines|none",
      description =
          "a bar on a terminal, a line for each epoch elsewhere (default: ${DEFAULT-VALUE})")
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

  /** Where all that a training writes goes. */
  RunPlaces places(Path out) {
    return new RunPlaces(
        out,
        Optional.ofNullable(checkpoints),
        Optional.ofNullable(history),
        Optional.ofNullable(tensorboard));
  }

  /** The listeners that write, but for checkpoints. */
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
