package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trains Ex11_8 and Ex11_9 on the digits that come with the library. */
class LectureTrainingTest {
  private static final TrainingSettings SHORT =
      new TrainingSettings(6, 50, 0.002, 0.7f, Ex11_9.LECTURE.seed());

  @Test
  void simpleCnnLearnsTheBundledDigits() {
    Recorder recorder = new Recorder();
    TrainingResult result = Ex11_8.run(recorder.console(), BundledDigits.read(), SHORT);
    assertEquals(257, result.tested());
    assertTrue(result.accuracy() >= 0.85, result.toString());
    assertPrints(recorder.out(), result);
  }

  @Test
  void deepCnnLearnsTheBundledDigits() {
    Recorder recorder = new Recorder();
    TrainingResult result = Ex11_9.run(recorder.console(), BundledDigits.read(), SHORT);
    assertTrue(result.accuracy() >= 0.85, result.toString());
    assertPrints(recorder.out(), result);
  }

  @Test
  void onlyTheSameSeedGivesTheSameNumbers() {
    TrainingSettings once = SHORT.withEpochs(1);
    List<Double> first = costs(once);
    assertEquals(first, costs(once));
    TrainingSettings otherSeed = new TrainingSettings(1, 50, 0.002, 0.7f, 778);
    assertTrue(!first.equals(costs(otherSeed)));
  }

  private static List<Double> costs(TrainingSettings settings) {
    DataSets digits = BundledDigits.read();
    DataSets few =
        new DataSets(
            digits.train().subset(0, 400), digits.validation(), digits.test(), digits.source());
    return Ex11_9.run(new Recorder().console(), few, settings).costs();
  }

  /** Expects the notebook's lines, in its order and format, with the numbers of this run. */
  private static void assertPrints(String printed, TrainingResult result) {
    StringBuilder expected = new StringBuilder("Learning started. It takes sometime.\n");
    for (int i = 0; i < result.costs().size(); i++) {
      expected.append(String.format("Epoch: %04d cost = %.9f%n", i + 1, result.costs().get(i)));
    }
    expected.append("Learning Finished!\n");
    expected.append(String.format("Accuracy: %s%n", (float) result.correct() / result.tested()));
    expected.append(String.format("Label:  [%d]%n", result.label()));
    expected.append(String.format("Prediction:  [%d]%n", result.prediction()));
    assertEquals(expected.toString().replace(System.lineSeparator(), "\n"), printed);
  }
}
