package io.github.convnet4j.commandline;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.listener.StopOnNaN;
import io.github.convnet4j.store.WriteLock;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A training run, from its first step to the saved model. */
final class TrainingRun {
  private final Model<?> model;
  private final Interruption interruption;
  private final Checkpointing checkpoints;
  private final Output output;

  TrainingRun(Model<?> model, Interruption interruption, Checkpointing checkpoints, Output output) {
    this.model = model;
    this.interruption = interruption;
    this.checkpoints = checkpoints;
    this.output = output;
  }

  /**
   * Trains the model and saves it.
   *
   * @param monitored the value by which early stopping chooses the best epoch
   * @param recorders listeners that only record
   * @param controllers listeners that may stop training, and change the model at the end
   * @return the exit code
   */
  int train(
      Source examples,
      FitOptions fit,
      List<TrainingListener> recorders,
      List<TrainingListener> controllers,
      String monitored,
      Path out) {
    int last;
    WriteLock lock = WriteLock.onFolder(out);
    try (lock) {
      model.checkCanSave(out);
      List<TrainingListener> listeners = new ArrayList<>();
      listeners.add(StopOnNaN.onCost());
      listeners.addAll(recorders);
      listeners.add(stopping());
      checkpoints.listener().ifPresent(listeners::add);
      listeners.addAll(controllers);
      History history = model.fit(examples, fit, listeners.toArray(TrainingListener[]::new));
      last = history.epochs().stream().mapToInt(EpochResult::epoch).max().orElse(0);
      if (interruption.requested()) {
        output.messages().println("Stopped: " + checkpoints.advice());
        return ExitCode.INTERRUPTED;
      }
      model.save(out);
    }
    output.out().printf("Saved to %s: %s%n", out, state(last, monitored));
    return ExitCode.OK;
  }

  private TrainingListener stopping() {
    return new TrainingListener() {
      @Override
      public void batchEnd(Training training, BatchResult result) {
        if (interruption.requested()) {
          training.stop();
        }
      }
    };
  }

  /**
   * Describes how far the model is trained, and the result of its last epoch.
   *
   * @param last the last epoch of the run; early stopping may have gone back to an earlier one
   */
  private String state(int last, String monitored) {
    String trained =
        model.epochsTrained() < last
            ? "epoch %d of %d, to which early stopping went back as the best by %s (%s)"
                .formatted(model.epochsTrained(), last, monitored, TrainedSoFar.of(model))
            : TrainedSoFar.of(model);
    List<EpochResult> epochs = model.history().epochs();
    return epochs.isEmpty()
        ? trained
        : epochs
            .get(epochs.size() - 1)
            .validation()
            .map(validation -> trained + "; validation " + validation)
            .orElse(trained);
  }
}
