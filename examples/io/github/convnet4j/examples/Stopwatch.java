package io.github.convnet4j.examples;

import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.util.Locale;

/** Prints each epoch. Its time, which differs from run to run, goes to the messages. */
final class Stopwatch implements TrainingListener {
  private final Console console;
  private long start = System.nanoTime();

  Stopwatch(Console console) {
    this.console = console;
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    long now = System.nanoTime();
    console.print(result);
    console
        .messages()
        .printf(Locale.ROOT, "Epoch %d took %.1f s%n", result.epoch(), (now - start) / 1e9);
    start = now;
  }
}
