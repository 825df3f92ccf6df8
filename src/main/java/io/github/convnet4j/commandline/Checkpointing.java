package io.github.convnet4j.commandline;

import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.optimizer.Optimizer;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.TrainingListener;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Resumes training from a folder of checkpoints, and saves new ones there, if a folder is given.
 */
final class Checkpointing {
  private final Optional<Path> folder;
  private final int everySteps;
  private final PrintStream messages;

  /**
   * Creates the settings.
   *
   * @param everySteps also saves after this many steps; 0 to save only after each epoch
   */
  Checkpointing(Optional<Path> folder, int everySteps, PrintStream messages) {
    this.folder = folder;
    this.everySteps = everySteps;
    this.messages = messages;
  }

  /**
   * Returns the model of the last checkpoint, or a new one; the caller closes it.
   *
   * @param weights what a new one starts with, for some of its layers
   */
  Model<?> resumeOrCreate(
      Network network,
      Task<?> task,
      Optimizer optimizer,
      ModelOptions options,
      Optional<Weights> weights) {
    Optional<Model<?>> last = folder.flatMap(path -> Checkpoints.latest(path, messages::println));
    if (last.isEmpty()) {
      Model<?> created =
          UsageException.naming("--network", () -> Model.of(network, task, optimizer, options));
      weights.ifPresent(created::loadWeights);
      return created;
    }
    Model<?> model = last.get();
    try {
      checkSame(model, network, task, optimizer, options);
    } catch (UsageException e) {
      model.close();
      throw e;
    }
    messages.printf("Resuming from %s after %s%n", folder.orElseThrow(), TrainedSoFar.of(model));
    return model;
  }

  /** Refuses to resume from a checkpoint of a run with other options. */
  private void checkSame(
      Model<?> model, Network network, Task<?> task, Optimizer optimizer, ModelOptions options) {
    check("task, loss or names of " + kind(task), task, model.tasks().get(0).task());
    check("network", network, model.network());
    check("optimizer", optimizer, model.optimizer());
    ModelOptions found = model.options();
    // Checkpoints of older versions do not record the picture format.
    ModelOptions completed =
        found.pictures().isPresent()
            ? found
            : options.pictures().map(found::pictures).orElse(found);
    check("seed, normalization, graph, precision, picture format or groups", options, completed);
  }

  private static String kind(Task<?> task) {
    return TaskKind.of(task).map(TaskKind::several).orElse("targets");
  }

  private <T> void check(String what, T expected, T found) {
    if (!expected.equals(found)) {
      throw new UsageException(
          "--checkpoints: %s holds checkpoints of a run with a different %s: give a new folder, or the options of that run"
              .formatted(folder.orElseThrow(), what));
    }
  }

  Optional<TrainingListener> listener() {
    return folder.map(path -> new TrainingCheckpoints(path, everySteps));
  }

  /** Returns a sentence on how to continue an interrupted run. */
  String advice() {
    return folder
        .map("run the same command again to resume from the last checkpoint in %s"::formatted)
        .orElse("nothing was saved; with --checkpoints FOLDER the same command could resume");
  }
}
