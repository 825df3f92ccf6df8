package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.train.ModelOptions;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The recipe beyond the lecture, on the digits that come with the library. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ex11_10Test {
  private static final DataSets DIGITS = BundledDigits.read();

  /** Enough images where only equal and unequal numbers are looked for. */
  private static final DataSets FEW =
      new DataSets(
          DIGITS.train().subset(0, 400), DIGITS.validation(), DIGITS.test(), DIGITS.source());

  private static final TrainingSettings SHORT = new TrainingSettings(3, 25, 0.003, 0.7f, 777);

  /** What the first epoch prints, for digits, the seed 777 and default options. */
  private String firstEpoch;

  @BeforeAll
  void trainOneEpoch() {
    firstEpoch = firstEpoch(Ex11_10.ImageKind.DIGITS, 777, options -> options);
  }

  @Test
  void learnsTheBundledDigitsAndPrintsWhatItDoes() {
    Recorder recorder = new Recorder();
    Scores evaluation =
        Ex11_10.train(
            recorder.console(), DIGITS, Ex11_10.ImageKind.DIGITS, SHORT, options -> options);
    assertTrue(evaluation.accuracy() > 0.9, evaluation.toString());
    String printed = recorder.out();
    long parameters = Ex11_10.network(DIGITS.train(), SHORT.keepProbability()).parameterCount();
    assertTrue(printed.contains(String.format("%,d", parameters)), printed);
    assertTrue(printed.contains("\nSeed: 777\n"), printed);
    assertEquals(3, printed.lines().filter(line -> line.contains("; validation: ")).count());
    assertTrue(printed.endsWith("Test: " + evaluation + "\n"), printed);
    // Times differ from run to run, so they are not part of the output: three epochs and the total.
    assertEquals(4, recorder.messages().lines().filter(line -> line.contains(" took ")).count());
    assertTrue(recorder.messages().contains(" s of processor time\n"), recorder.messages());
  }

  @Test
  void augmentsClothesDifferentlyFromDigits() {
    assertNotEquals(firstEpoch, firstEpoch(Ex11_10.ImageKind.CLOTHES, 777, options -> options));
  }

  @Test
  void givesTheSameNumbersOnlyForTheSameSeed() {
    assertEquals(firstEpoch, firstEpoch(Ex11_10.ImageKind.DIGITS, 777, options -> options));
    assertNotEquals(firstEpoch, firstEpoch(Ex11_10.ImageKind.DIGITS, 778, options -> options));
  }

  @Test
  void theLiteralGraphDrawsOtherMasks() {
    assertNotEquals(
        firstEpoch, firstEpoch(Ex11_10.ImageKind.DIGITS, 777, ModelOptions::literalGraph));
  }

  @Test
  void mixedPrecisionGivesOtherDigits() {
    assertNotEquals(
        firstEpoch, firstEpoch(Ex11_10.ImageKind.DIGITS, 777, ModelOptions::mixedPrecision));
  }

  private static String firstEpoch(
      Ex11_10.ImageKind kind, int seed, UnaryOperator<ModelOptions> changed) {
    Recorder recorder = new Recorder();
    Ex11_10.train(
        recorder.console(), FEW, kind, new TrainingSettings(1, 50, 0.003, 0.7f, seed), changed);
    return recorder.out().lines().filter(line -> line.startsWith("epoch 1: ")).toList().get(0);
  }
}
