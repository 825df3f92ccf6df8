package io.github.convnet4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.schedule.Schedules;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions.LastBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.ndarray.Shape;

/** The effects of the options on a training run. */
class FitOptionsTest {
  /** Two steps per epoch, with 25 images each. */
  private static final DataSet IMAGES = TinyImages.of(50, 1);

  private static Model<Prediction> model() {
    return Model.of(
        TinyImages.NETWORK, Tasks.classification(), Optimizers.sgd(0.1), ModelOptions.seed(3));
  }

  private static FitOptions epochs(int epochs) {
    return FitOptions.epochs(epochs).batchSize(25);
  }

  private static TrainingListener onBatch(Consumer<Training> action) {
    return new TrainingListener() {
      @Override
      public void batchEnd(Training training, BatchResult result) {
        action.accept(training);
      }
    };
  }

  private static float[] weights(Model<Prediction> model) {
    return model.weights("dense/kernel");
  }

  /** Training one step at a time, each with a constant rate, gives the same weights. */
  @Test
  void eachStepUsesTheRateOfTheSchedule() {
    try (Model<Prediction> scheduled = model();
        Model<Prediction> byHand = model();
        Model<Prediction> constant = model()) {
      List<Double> rates = new ArrayList<>();
      scheduled.fit(
          IMAGES,
          epochs(2).learningRate(Schedules.exponential(0.4, 0.25)),
          onBatch(training -> rates.add(training.learningRate())));
      assertEquals(List.of(0.4, 0.2, 0.1, 0.05), rates);
      for (double rate : rates) {
        byHand.fit(IMAGES, epochs(1).learningRate(Schedules.constant(rate)).stopAfterSteps(1));
      }
      constant.fit(IMAGES, epochs(2));
      assertArrayEquals(weights(scheduled), weights(byHand));
      assertNotEquals(weights(scheduled)[0], weights(constant)[0]);
    }
  }

  @Test
  void withEpochsAScheduleSpansOneCallAndWithUpToAllCalls() {
    List<Double> rates = new ArrayList<>();
    TrainingListener listener = onBatch(training -> rates.add(training.learningRate()));
    try (Model<Prediction> model = model()) {
      FitOptions options = epochs(1).learningRate(Schedules.exponential(0.4, 0.25));
      model.fit(IMAGES, options, listener);
      model.fit(IMAGES, options, listener);
      assertEquals(List.of(0.4, 0.2, 0.4, 0.2), rates);
    }
    rates.clear();
    try (Model<Prediction> model = model()) {
      FitOptions options =
          FitOptions.upTo(2).batchSize(25).learningRate(Schedules.exponential(0.4, 0.25));
      model.fit(IMAGES, options.stopAfterSteps(1), listener);
      model.fit(IMAGES, options, listener);
      model.fit(IMAGES, options, listener);
      assertEquals(List.of(0.4, 0.2, 0.1, 0.05), rates);
    }
  }

  @Test
  void rejectsAnInvalidRateBeforeTheStep() {
    try (Model<Prediction> model = model()) {
      FitOptions options = epochs(2).learningRate(moment -> moment.step() == 3 ? Double.NaN : 0.1);
      IllegalArgumentException fault =
          assertThrows(IllegalArgumentException.class, () -> model.fit(IMAGES, options));
      for (String part : List.of("learningRate", "step=3", "NaN")) {
        assertTrue(fault.getMessage().contains(part), fault::getMessage);
      }
      assertEquals(3, model.stepsTrained());
    }
  }

  @Test
  void upToCountsTheEpochsOfEarlierCalls() {
    try (Model<Prediction> model = model()) {
      model.fit(IMAGES, epochs(2));
      assertEquals(1, model.fit(IMAGES, FitOptions.upTo(3)).epochs().size());
      assertEquals(0, model.fit(IMAGES, FitOptions.upTo(3)).epochs().size());
      assertEquals(3, model.history().epochs().size());
      assertEquals(3, model.epochsTrained());
    }
  }

  @Test
  void holdsOutAShareForValidation() {
    List<Source> seen = new ArrayList<>();
    try (Model<Prediction> model = model();
        Model<Prediction> again = model()) {
      FitOptions options = epochs(2).validationShare(0.3);
      History history =
          model.fit(
              IMAGES,
              options,
              onBatch(
                  training ->
                      seen.addAll(
                          List.of(
                              training.examples(),
                              training.options().validation().orElseThrow()))));
      assertEquals(35, seen.get(0).size());
      assertEquals(15, seen.get(1).size());
      assertEquals(15, history.last().validation().orElseThrow().total());
      Set<List<Float>> images = new HashSet<>();
      for (Source part : seen.subList(0, 2)) {
        images.addAll(pixels(part));
      }
      assertEquals(Set.copyOf(pixels(IMAGES)), images);
      assertEquals(history, again.fit(IMAGES, options));
    }
  }

  @Test
  void theHeldOutShareIsStratifiedAndDependsOnTheSeed() {
    int[] labels = new int[40];
    Arrays.fill(labels, 30, 40, 1);
    DataSet sorted = DataSet.of(new byte[40 * 16], labels, Shape.of(4, 4, 1), 2);
    FitOptions options = epochs(1).validationShare(0.1);
    HeldOut split = HeldOut.of(sorted, options, 5);
    Source held = split.options().validation().orElseThrow();
    assertArrayEquals(new int[] {3, 1}, ((DataSet) held).imagesPerClass());
    assertArrayEquals(new int[] {27, 9}, ((DataSet) split.training()).imagesPerClass());

    DataSet images = TinyImages.of(60, 3);
    Source first = HeldOut.of(images, options, 5).options().validation().orElseThrow();
    Source again = HeldOut.of(images, options, 5).options().validation().orElseThrow();
    Source other = HeldOut.of(images, options, 6).options().validation().orElseThrow();
    assertEquals(pixels(first), pixels(again));
    assertNotEquals(pixels(first), pixels(other));
  }

  private static List<List<Float>> pixels(Source images) {
    List<List<Float>> all = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      ExampleBatch one = images.newBatch(1);
      images.fill(new int[] {i}, one);
      List<Float> pixels = new ArrayList<>();
      for (float pixel : one.input()) {
        pixels.add(pixel);
      }
      all.add(pixels);
    }
    return all;
  }

  @Test
  void aShareMustLeaveImagesToTrainOn() {
    try (Model<Prediction> model = model()) {
      String message = fault(() -> model.fit(IMAGES, epochs(1).validationShare(0.995)));
      assertTrue(
          message.contains("validationShare")
              && message.contains("0.995")
              && message.contains("50"),
          message);
    }
  }

  @Test
  void everySettingIsKeptWhenOthersAreSet() {
    FitOptions options =
        FitOptions.upTo(7)
            .batchSize(10)
            .lastBatch(LastBatch.DROP)
            .validateOn(IMAGES)
            .shuffleSeed(3)
            .stopAfterSteps(5)
            .stopAfter(Duration.ofHours(1));
    assertEquals(7, options.epochs());
    assertTrue(options.inAll());
    assertEquals(10, options.batchSize());
    assertEquals(LastBatch.DROP, options.lastBatch());
    assertEquals(IMAGES, options.validation().orElseThrow());
    assertEquals(3, options.shuffleSeed().orElseThrow());
    assertEquals(5, options.stepLimit().orElseThrow());
    assertEquals(Duration.ofHours(1), options.timeLimit().orElseThrow());
  }

  /** Each epoch has 4 steps of 11 of the 50 images; 6 are dropped or start the next epoch. */
  @ParameterizedTest
  @EnumSource(names = {"DROP", "CARRY_OVER"})
  void withFullBatchesTwoCallsDoTheSameAsOne(LastBatch lastBatch) {
    FitOptions options = epochs(2).batchSize(11).lastBatch(lastBatch);
    List<Integer> sizes = new ArrayList<>();
    TrainingListener noting =
        new TrainingListener() {
          @Override
          public void batchEnd(Training training, BatchResult result) {
            sizes.add(result.size());
          }
        };
    try (Model<Prediction> once = model();
        Model<Prediction> twice = model()) {
      once.fit(IMAGES, epochs(4).batchSize(11).lastBatch(lastBatch), noting);
      twice.fit(IMAGES, options);
      twice.fit(IMAGES, options.stopAfterSteps(4));
      twice.fit(IMAGES, FitOptions.upTo(4).batchSize(11).lastBatch(lastBatch));
      assertEquals(Collections.nCopies(4 * (IMAGES.size() / 11), 11), sizes);
      assertEquals(once.stepsTrained(), twice.stepsTrained());
      assertArrayEquals(weights(once), weights(twice));
    }
  }

  @Test
  void fullBatchesNeedEnoughImages() {
    try (Model<Prediction> model = model()) {
      String message =
          fault(() -> model.fit(IMAGES, epochs(1).batchSize(1000).lastBatch(LastBatch.CARRY_OVER)));
      assertTrue(message.contains("batchSize") && message.contains("1000"), message);
    }
  }

  @Test
  void stopsAfterTheGivenNumberOfSteps() {
    try (Model<Prediction> model = model()) {
      History history = model.fit(IMAGES, epochs(5).stopAfterSteps(3));
      assertEquals(3, model.stepsTrained());
      assertEquals(1, history.epochs().size());
    }
  }

  /** Any step takes longer than a nanosecond. */
  @Test
  void stopsWhenTimeRunsOut() {
    try (Model<Prediction> model = model()) {
      model.fit(IMAGES, epochs(5).stopAfter(Duration.ofNanos(1)));
      assertTrue(model.stepsTrained() <= 1);
      model.fit(IMAGES, epochs(5).stopAfter(Duration.ofDays(1_000_000)));
      assertEquals(5, model.epochsTrained());
    }
  }

  @Test
  void rejectsNumbersOutOfRange() {
    assertNames("epochs", "0", () -> FitOptions.upTo(0));
    assertNames("validationShare", "1.0", () -> epochs(1).validationShare(1));
    assertNames("steps", "0", () -> epochs(1).stopAfterSteps(0));
    assertNames("time", "PT0S", () -> epochs(1).stopAfter(Duration.ZERO));
  }

  private static void assertNames(String argument, String value, Runnable act) {
    String message = fault(act);
    assertTrue(message.startsWith(argument) && message.endsWith(": " + value), message);
  }

  private static String fault(Runnable act) {
    return assertThrows(IllegalArgumentException.class, act::run).getMessage();
  }
}
