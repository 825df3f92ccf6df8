package io.github.convnet4j.examples;

import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.classifier.Training;
import io.github.convnet4j.classifier.TrainingListener;
import java.util.Locale;

/** Prints each epoch; its seconds, which no two runs share, go with the messages. */
final class Stopwatch implements TrainingListener {
  private final Console console;
  private long begun = System.nanoTime();

  Stopwatch(Console console) {
    this.console = console;
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    long now = System.nanoTime();
    console.print(result);
    console
        .messages()
        .printf(Locale.ROOT, "Epoch %d took %.1f s%n", result.epoch(), (now - begun) / 1e9);
    begun = now;
  }
}
