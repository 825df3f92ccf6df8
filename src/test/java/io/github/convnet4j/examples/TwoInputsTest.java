package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.Scores;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwoInputsTest {
  private static final TrainingSettings SHORT = new TrainingSettings(4, 50, 0.002, 1, 777);

  @Test
  void bothInputsAreBetterThanOneCanBe() {
    Recorder recorder = new Recorder();
    Scores scores = TwoInputs.run(recorder.console(), SHORT);
    assertTrue(scores.value("larger_accuracy") > 0.85, scores::toString);
    assertTrue(scores.value("sum_mean_absolute_error") < 1.5, scores::toString);
    List<String> lines = recorder.out().lines().toList();
    assertTrue(lines.contains("Test: " + scores), recorder.out());
    assertEquals(5, lines.stream().filter(line -> line.startsWith("Digit ")).count());
  }

  @Test
  void theSameSeedPrintsTheSameDigits() {
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    TwoInputs.run(first.console(), SHORT.withEpochs(1));
    TwoInputs.run(second.console(), SHORT.withEpochs(1));
    assertEquals(first.out(), second.out());
  }
}
