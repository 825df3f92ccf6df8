package io.github.convnet4j.commandline;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.ClassifierOptions;
import io.github.convnet4j.classifier.TrainingListener;
import io.github.convnet4j.listener.Checkpoints;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of checkpoints, if there is to be one. */
final class Checkpointing {
  private final Optional<Path> folder;
  private final int everySteps;
  private final PrintStream messages;

  /** Saves every so many steps, too; 0 for after epochs alone. */
  Checkpointing(Optional<Path> folder, int everySteps, PrintStream messages) {
    this.folder = folder;
    this.everySteps = everySteps;
    this.messages = messages;
  }

  /** The last checkpoint, or a new classifier; the caller closes it. */
  Classifier begin(Network network, Optimizer optimizer, ClassifierOptions options) {
    Optional<Classifier> last = folder.flatMap(path -> Checkpoints.latest(path, messages::println));
    if (last.isEmpty()) {
      return UsageException.blame("--network", () -> Classifier.of(network, optimizer, options));
    }
    Classifier classifier = last.get();
    try {
      checkSame(classifier, network, optimizer, options);
    } catch (UsageException e) {
      classifier.close();
      throw e;
    }
    messages.printf(
        "Going on from %s: %d epochs, %d steps are done%n",
        folder.orElseThrow(), classifier.epochsTrained(), classifier.stepsTrained());
    return classifier;
  }

  /** A checkpoint of another training must not be gone on with by mistake. */
  private void checkSame(
      Classifier classifier, Network network, Optimizer optimizer, ClassifierOptions options) {
    check("network", network, classifier.network());
    check("optimizer", optimizer, classifier.optimizer());
    ClassifierOptions found = classifier.options();
    // A checkpoint of an older version does not know the format of its pictures.
    ClassifierOptions completed =
        found.pictures().isPresent()
            ? found
            : options.pictures().map(found::pictures).orElse(found);
    check("seed, loss, classes, normalisation, graph or format of pictures", options, completed);
  }

  private <T> void check(String what, T wanted, T found) {
    if (!wanted.equals(found)) {
      throw new UsageException(
          "--checkpoints: %s holds a training of another %s: give a new folder, or the options of"
                  .formatted(folder.orElseThrow(), what)
              + " that training");
    }
  }

  Optional<TrainingListener> listener() {
    return folder.map(path -> new TrainingCheckpoints(path, everySteps));
  }

  /** How training that was cut off is gone on with. */
  String advice() {
    return folder
        .map("the same command goes on from the last checkpoint in %s"::formatted)
        .orElse("nothing was saved; with --checkpoints FOLDER the same command could go on");
  }
}
