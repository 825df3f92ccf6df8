package io.github.convnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.data.DataSets;
import org.junit.jupiter.api.Test;

/**
 * Trains the lecture's networks both as handwritten operations and with the model builder. The
 * graphs differ only in names, so costs, accuracy and prediction are equal to the last bit.
 */
class TwinsTest {
  private static final TrainingSettings TWO_EPOCHS =
      new TrainingSettings(2, 50, 0.002f, 0.7f, Ex11_9.LECTURE.seed());

  /**
   * 1,400 images in whole batches: the notebooks drop a partial last batch, {@code fit} trains on
   * it.
   */
  private final DataSets data = wholeBatches();

  @Test
  void simpleCnnTrainsTheSameWithTheBuilder() {
    assertTwins(
        Ex11_8.run(new Recorder().console(), data, TWO_EPOCHS),
        Ex11_8Builder.run(new Recorder().console(), data, TWO_EPOCHS));
  }

  @Test
  void deepCnnTrainsTheSameWithTheBuilder() {
    assertTwins(
        Ex11_9.run(new Recorder().console(), data, TWO_EPOCHS),
        Ex11_9Builder.run(new Recorder().console(), data, TWO_EPOCHS));
  }

  private static void assertTwins(TrainingResult hand, TrainingResult builder) {
    assertEquals(hand.stepCosts(), builder.stepCosts());
    assertEquals(hand.correct(), builder.correct());
    assertEquals(hand.prediction(), builder.prediction());
  }

  private static DataSets wholeBatches() {
    DataSets digits = DataSets.digits();
    return new DataSets(
        digits.train().subset(0, 1400), digits.validation(), digits.test(), digits.source());
  }
}
