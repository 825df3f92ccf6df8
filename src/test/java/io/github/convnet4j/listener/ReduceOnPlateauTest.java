package io.github.convnet4j.listener;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.convnet4j.schedule.Schedules;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReduceOnPlateauTest {
  /** After the first epoch, no improvement is as large as this. */
  private static final double HUGE = 1000;

  private static double[] rates(FitOptions options, ReduceOnPlateau listener) {
    List<Double> rates = new ArrayList<>();
    try (Model<Prediction> model = Tiny.model()) {
      model.fit(
          Tiny.TRAIN,
          options,
          Tiny.onBatch(
              (training, result) -> {
                if (result.batch() == 1) {
                  rates.add(training.learningRate());
                }
              }),
          listener);
    }
    return rates.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void lowersTheRateAfterEpochsWithoutImprovement() {
    assertArrayEquals(
        new double[] {0.05, 0.05, 0.05, 0.005, 0.005, 0.0005},
        rates(Tiny.validated(6), ReduceOnPlateau.on("val_loss", 2).minDelta(HUGE)),
        1e-9);
  }

  @Test
  void stopsAtTheLowestRate() {
    assertArrayEquals(
        new double[] {0.05, 0.05, 0.025, 0.02, 0.02},
        rates(
            Tiny.validated(5),
            ReduceOnPlateau.on("val_accuracy", 1).minDelta(HUGE).factor(0.5).least(0.02)),
        1e-9);
  }

  @Test
  void lowersTheRateOfASchedule() {
    assertArrayEquals(
        new double[] {0.04, 0.02, 0.005, 0.00125},
        rates(
            Tiny.validated(4).learningRate(Schedules.exponential(0.04, 0.5)),
            ReduceOnPlateau.on("val_loss", 1).minDelta(HUGE).factor(0.5)),
        1e-9);
  }

  /** The rates would be lower if the improvements did not reset the count. */
  @Test
  void keepsTheRateWhileResultsImprove() {
    ReduceOnPlateau patient = ReduceOnPlateau.on("val_loss", 3);
    assertArrayEquals(new double[] {0.05, 0.05, 0.05}, rates(Tiny.validated(3), patient), 1e-9);
  }

  @Test
  void refusesNumbersOutOfRange() {
    ReduceOnPlateau listener = ReduceOnPlateau.on("val_loss", 1);
    assertEquals("factor must be above 0 and below 1: 1.0", fault(() -> listener.factor(1)));
    assertEquals("patience must be at least 1: 0", fault(() -> ReduceOnPlateau.on("val_loss", 0)));
    assertEquals(
        "minDelta must be finite and not negative: -1.0", fault(() -> listener.minDelta(-1)));
    assertEquals(
        "least must be finite and not negative: NaN", fault(() -> listener.least(Double.NaN)));
    assertEquals(
        "ReduceOnPlateau monitors val_loss, which needs validation examples: add"
            + " validateOn(examples) or validationShare(0.1) to fit's options",
        fault(() -> rates(Tiny.epochs(1), listener)));
  }

  private static String fault(Runnable act) {
    return assertThrows(IllegalArgumentException.class, act::run).getMessage();
  }
}
