package io.github.convnet4j.listener;

import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  /**
   * With NaN, all images are predicted as class 0, which gives some accuracy but must not count.
   */
  @Test
  void anEpochThatIsNotFiniteIsNeverTheBest() {
    for (String monitor : List.of("cost", "accuracy", "val_loss", "val_accuracy")) {
      EarlyStopping stopping = EarlyStopping.on(monitor, 2);
      try (Model<Prediction> model =
          Model.of(Tiny.NETWORK, Tasks.classification(), sgd(Float.MAX_VALUE))) {
        History history = model.fit(Tiny.TRAIN, Tiny.validated(9), stopping);
        assertTrue(model.firstNotFinite().isPresent(), "choose a larger learning rate");
        assertEquals(OptionalInt.empty(), stopping.bestEpoch());
        assertEquals(2, history.epochs().size());
      }
    }
  }

  private static double loss(EpochResult epoch) {
    return epoch.validation().orElseThrow().loss();
  }

  private static EpochResult lowestLoss(History history) {
    return history.epochs().stream()
        .min(Comparator.comparingDouble(EarlyStoppingTest::loss))
        .orElseThrow();
  }

  @Test
  void stopsAfterEpochsWithoutImprovementAndRestoresTheBest() {
    EarlyStopping stopping = EarlyStopping.on("val_loss", 3);
    try (Model<Prediction> model = Tiny.model();
        Model<Prediction> straight = Tiny.model()) {
      History history = model.fit(Tiny.TRAIN, Tiny.validated(100), stopping);

      EpochResult best = lowestLoss(history);
      assertEquals(best.epoch() + 3, history.epochs().size());
      assertEquals(OptionalInt.of(best.epoch()), stopping.bestEpoch());
      Scores restored = model.evaluate(Tiny.VALIDATION);
      assertEquals(best.validation().orElseThrow(), restored);

      straight.fit(Tiny.TRAIN, Tiny.epochs(best.epoch()));
      Tiny.NETWORK
          .parameters()
          .forEach(
              p ->
                  assertArrayEquals(straight.weights(p.name()), model.weights(p.name()), p.name()));
      assertEquals(straight.epochsTrained(), model.epochsTrained());
      assertEquals(straight.stepsTrained(), model.stepsTrained());
      List<Double> next = straight.fit(Tiny.TRAIN, Tiny.epochs(2)).costs();
      assertEquals(
          next,
          model.fit(Tiny.TRAIN, Tiny.epochs(2)).costs(),
          "the optimizer's state is restored too");
    }
  }

  @Test
  void restoresTheBestEvenIfTrainingWasNotStopped() {
    try (Model<Prediction> model = Tiny.model()) {
      History history =
          model.fit(Tiny.TRAIN, Tiny.validated(30), EarlyStopping.on("val_loss", 100));
      assertEquals(30, history.epochs().size());
      EpochResult best = lowestLoss(history);
      assertTrue(best.epoch() < 30, () -> "the last epoch is the best: choose other settings");
      assertEquals(best.validation().orElseThrow(), model.evaluate(Tiny.VALIDATION));
    }
  }

  @Test
  void theFirstOfEpochsWithEqualAccuracyIsTheBest() {
    EarlyStopping stopping = EarlyStopping.on("val_accuracy", 4);
    try (Model<Prediction> model = Tiny.model()) {
      History history = model.fit(Tiny.TRAIN, Tiny.validated(100), stopping);
      List<Double> accuracies =
          history.epochs().stream().map(e -> e.validation().orElseThrow().accuracy()).toList();
      double best = accuracies.stream().max(Comparator.naturalOrder()).orElseThrow();
      int first = accuracies.indexOf(best) + 1;
      assertEquals(OptionalInt.of(first), stopping.bestEpoch());
      assertEquals(first + 4, accuracies.size());
      assertEquals(best, model.evaluate(Tiny.VALIDATION).accuracy());
    }
  }

  /**
   * After the first epoch, no improvement is as large as 1000, but the best epoch is still found.
   */
  @Test
  void aSmallImprovementDoesNotCountButTheBestEpochIsRestored() {
    EarlyStopping stopping = EarlyStopping.on("val_loss", 2).minDelta(1000);
    try (Model<Prediction> model = Tiny.model()) {
      History history = model.fit(Tiny.TRAIN, Tiny.validated(100), stopping);
      assertEquals(3, history.epochs().size());
      EpochResult best = lowestLoss(history);
      assertTrue(best.epoch() > 1, () -> "the first epoch is the best: choose other settings");
      assertEquals(best.validation().orElseThrow(), model.evaluate(Tiny.VALIDATION));
    }
  }

  @Test
  void startsAfreshWithEachFit() {
    EarlyStopping stopping = EarlyStopping.on("val_loss", 1);
    try (Model<Prediction> one = Tiny.model();
        Model<Prediction> two = Tiny.model()) {
      History first = one.fit(Tiny.TRAIN, Tiny.validated(100), stopping);
      assertEquals(first, two.fit(Tiny.TRAIN, Tiny.validated(100), stopping));
    }
  }

  @Test
  void refusesToWorkWithoutValidation() {
    try (Model<Prediction> model = Tiny.model()) {
      assertEquals(
          "EarlyStopping monitors val_loss, which needs validation examples: add"
              + " validateOn(examples) or validationShare(0.1) to fit's options",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> model.fit(Tiny.TRAIN, Tiny.epochs(1), EarlyStopping.on("val_loss", 1)))
              .getMessage());
      assertEquals(0, model.stepsTrained());
    }
  }

  @Test
  void refusesAValueThatTheRunDoesNotCompute() {
    try (Model<Prediction> model = Tiny.model()) {
      for (String unknown : List.of("val_beauty", "beauty", "loss", "val_cost")) {
        String message =
            assertThrows(
                    IllegalArgumentException.class,
                    () -> model.fit(Tiny.TRAIN, Tiny.validated(1), EarlyStopping.on(unknown, 1)))
                .getMessage();
        assertTrue(message.contains("EarlyStopping"), message);
        assertTrue(message.contains("[cost, accuracy, val_loss, val_accuracy]"), message);
        assertTrue(message.endsWith(": it monitors " + unknown), message);
      }
      assertEquals(0, model.stepsTrained());
    }
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertEquals(
        "patience must be at least 1: 0",
        assertThrows(IllegalArgumentException.class, () -> EarlyStopping.on("val_loss", 0))
            .getMessage());
    assertEquals(
        "minDelta must be finite and not negative: NaN",
        assertThrows(
                IllegalArgumentException.class,
                () -> EarlyStopping.on("val_loss", 1).minDelta(Double.NaN))
            .getMessage());
  }
}
