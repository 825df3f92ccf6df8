package io.github.convnet4j.examples;

import io.github.convnet4j.classifier.BatchResult;
import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.classifier.History;
import io.github.convnet4j.classifier.Training;
import io.github.convnet4j.classifier.TrainingListener;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** A progress bar for each epoch of {@code fit}. */
final class EpochBar implements TrainingListener {
  private final PrintStream messages;
  private Optional<TerminalProgress> bar = Optional.empty();

  EpochBar(PrintStream messages) {
    this.messages = messages;
  }

  @Override
  public void batchEnd(Training training, BatchResult result) {
    if (bar.isEmpty()) {
      String name = String.format(Locale.ROOT, "Epoch %d/%d", result.epoch(), training.lastEpoch());
      bar = Optional.of(TerminalProgress.start(name, training.batchesPerEpoch(), messages));
    }
    bar.ifPresent(TerminalProgress::step);
  }

  @Override
  public void epochEnd(Training training, EpochResult result) {
    close();
  }

  @Override
  public void trainEnd(Training training, History history) {
    close();
  }

  private void close() {
    bar.ifPresent(TerminalProgress::close);
    bar = Optional.empty();
  }
}
