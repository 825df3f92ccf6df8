package io.github.convnet4j.commandline;

import io.github.convnet4j.classifier.BatchResult;
import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.FitOptions;
import io.github.convnet4j.classifier.Training;
import io.github.convnet4j.classifier.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One training, from its first step to the saved model. */
final class TrainingRun {
  private final Classifier classifier;
  private final Interruption interruption;
  private final Output output;

  TrainingRun(Classifier classifier, Interruption interruption, Output output) {
    this.classifier = classifier;
    this.interruption = interruption;
    this.output = output;
  }

  int train(
      ValidationOptions.Learning images,
      FitOptions fit,
      int epochs,
      List<TrainingListener> listeners,
      Checkpointing checkpoints,
      Path out) {
    int left = epochs - classifier.epochsTrained();
    if (left > 0) {
      List<TrainingListener> told = new ArrayList<>(listeners);
      told.add(stopping());
      checkpoints.listener().ifPresent(told::add);
      classifier.fit(images.train(), fit, told.toArray(TrainingListener[]::new));
    }
    if (interruption.requested()) {
      output
          .messages()
          .printf(
              "Stopped after %d epochs, %d steps: %s%n",
              classifier.epochsTrained(), classifier.stepsTrained(), checkpoints.advice());
      return ExitCode.INTERRUPTED;
    }
    classifier.save(out);
    output.out().printf("Saved to %s: %d epochs%n", out, classifier.epochsTrained());
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
}
