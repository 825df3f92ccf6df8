package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.BundledDigits;
import org.junit.jupiter.api.Test;

/** The residual net on the digits that come with the library. */
class ResidualNetTest {
  @Test
  void learnsTheBundledDigitsAndPrintsItsLayers() {
    Recorder recorder = new Recorder();
    TrainingSettings settings = new TrainingSettings(3, 25, 0.003f, 1, 777);
    Scores evaluation = ResidualNet.train(recorder.console(), BundledDigits.read(), settings);
    assertTrue(evaluation.accuracy() > 0.85, evaluation.toString());
    assertTrue(recorder.out().contains("residual_1 "), recorder.out());
    assertTrue(recorder.out().endsWith("Test: " + evaluation + "\n"), recorder.out());
    // Times differ from run to run, so they are not part of the output.
    assertEquals(3, recorder.messages().lines().filter(line -> line.contains(" took ")).count());
  }
}
