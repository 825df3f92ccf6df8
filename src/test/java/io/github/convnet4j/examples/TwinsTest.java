package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import org.junit.jupiter.api.Test;

/**
 * Trains the lecture's networks both as handwritten operations and with the model builder. The
 * graphs differ only in names, so costs, accuracy and prediction are equal to the last bit, and so
 * is what both print. The 1,412 bundled digits are not a multiple of the batch size: each epoch
 * carries its last images over into the next one.
 */
class TwinsTest {
  private static final TrainingSettings THREE_EPOCHS =
      new TrainingSettings(3, 100, 0.002, 0.7f, Ex11_9.LECTURE.seed());

  private final DataSets data = BundledDigits.read();

  @Test
  void simpleCnnTrainsTheSameWithTheBuilder() {
    assertTwins(Ex11_8::run, Ex11_8Builder::run);
  }

  @Test
  void deepCnnTrainsTheSameWithTheBuilder() {
    assertTwins(Ex11_9::run, Ex11_9Builder::run);
  }

  /** TensorFlow takes two seeds of 0 for a wish for other numbers each time. */
  @Test
  void seedZeroGivesTheSameNumbersEachTime() {
    TrainingSettings zero = new TrainingSettings(1, 500, 0.002, 0.7f, 0);
    assertEquals(
        Ex11_8.run(new Recorder().console(), data, zero).stepCosts(),
        Ex11_8.run(new Recorder().console(), data, zero).stepCosts());
  }

  private interface Run {
    TrainingResult run(Console console, DataSets data, TrainingSettings settings);
  }

  private void assertTwins(Run byHand, Run byBuilder) {
    assertNotEquals(0, data.train().size() % THREE_EPOCHS.batchSize());
    Recorder handPrints = new Recorder();
    Recorder builderPrints = new Recorder();
    TrainingResult hand = byHand.run(handPrints.console(), data, THREE_EPOCHS);
    TrainingResult builder = byBuilder.run(builderPrints.console(), data, THREE_EPOCHS);
    assertEquals(3 * 14, hand.stepCosts().size());
    assertEquals(hand.stepCosts(), builder.stepCosts());
    assertEquals(hand.correct(), builder.correct());
    assertEquals(hand.prediction(), builder.prediction());
    assertEquals(handPrints.out(), builderPrints.out());
  }
}
