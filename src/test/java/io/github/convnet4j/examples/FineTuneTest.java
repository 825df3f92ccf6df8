package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.Scores;
import org.junit.jupiter.api.Test;

class FineTuneTest {
  private static final TrainingSettings SHORT = new TrainingSettings(20, 50, 0.005, 1, 777);

  @Test
  void fineTuningBeatsTrainingFromScratchOnFewImages() {
    Recorder recorder = new Recorder();
    FineTune.Results results = FineTune.run(recorder.console(), SHORT);
    Scores scratch = results.fromScratch();
    assertEquals(871, scratch.total());
    assertTrue(results.frozen().accuracy() > scratch.accuracy() + 0.02, results::toString);
    assertTrue(results.fineTuned().accuracy() > scratch.accuracy() + 0.04, results::toString);
    assertTrue(results.fineTuned().accuracy() > 0.75, results::toString);
    // Only the convolutions come from the digits 0 to 4.
    assertTrue(recorder.out().contains("unchanged: dense/kernel, dense/bias\n"), recorder.out());
    assertTrue(
        recorder.out().endsWith("- then fine-tuned: " + results.fineTuned() + "\n"),
        recorder.out());
  }

  @Test
  void theSameSeedPrintsTheSameDigits() {
    TrainingSettings shortest = SHORT.withEpochs(1);
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    FineTune.run(first.console(), shortest);
    FineTune.run(second.console(), shortest);
    assertEquals(first.out(), second.out());
  }
}
