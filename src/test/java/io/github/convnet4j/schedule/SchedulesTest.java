package io.github.convnet4j.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SchedulesTest {
  private static final Map<String, Schedule> BY_NAME =
      Map.of(
          "cosine", Schedules.cosine(0.1),
          "cosine-end", Schedules.cosine(0.1).end(0.025),
          "exponential", Schedules.exponential(0.1, 0.5),
          "step", Schedules.step(0.1, 0.5, 2),
          "one-cycle", Schedules.oneCycle(0.02),
          "one-cycle-settings",
              Schedules.oneCycle(0.02).rising(0.5).startDivisor(4).endDivisor(100));

  private static double at(Schedule schedule, long step, long steps) {
    return schedule.at(new Moment(step, steps, 2));
  }

  /** What {@code src/test/python/print_schedules.py} printed; Keras' rates are of 32 bits. */
  @Test
  void ratesAreThoseOfKerasAndPyTorch() throws IOException {
    List<String> lines;
    try (InputStream in =
        Objects.requireNonNull(SchedulesTest.class.getResourceAsStream("/schedules.txt"))) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertEquals(76, lines.size());
    for (String line : lines) {
      String[] fields = line.split(" ", -1);
      double expected = Double.parseDouble(fields[3]);
      double rate =
          at(BY_NAME.get(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2]));
      assertEquals(expected, rate, 1e-6 * expected + 1e-9, line);
    }
  }

  @Test
  void aConstantIsOne() {
    assertEquals(0.3, at(Schedules.constant(0.3), 0, 5));
    assertEquals(0.3, at(Schedules.constant(0.3), 4, 5));
  }

  /** Three steps of rising, in quarters; then the eight steps that the schedule has to itself. */
  @Test
  void warmUpRisesInEqualPartsToWhatFollows() {
    Schedule warm = Schedules.cosine(0.1).warmUp(1.5);
    assertEquals(0.025, at(warm, 0, 11), 1e-12);
    assertEquals(0.05, at(warm, 1, 11), 1e-12);
    assertEquals(0.075, at(warm, 2, 11), 1e-12);
    for (int step = 0; step < 8; step++) {
      assertEquals(at(Schedules.cosine(0.1), step, 8), at(warm, 3 + step, 11));
    }
  }

  @Test
  void warmUpMustLeaveTheScheduleAStep() {
    Schedule warm = Schedules.cosine(0.1).warmUp(1);
    assertEquals(0.1, at(warm, 2, 3), 1e-12);
    assertEquals(
        "warmUp must be shorter than the training: 1.0 epochs, 2 steps of 2",
        fault(() -> at(warm, 0, 2)));
  }

  @Test
  void refuseNumbersOutOfRange() {
    assertEquals("rate must be a positive, finite number: 0.0", fault(() -> Schedules.constant(0)));
    assertEquals(
        "rate must be a positive, finite number: NaN", fault(() -> Schedules.cosine(Double.NaN)));
    assertEquals(
        "end must be at most the rate, 0.1: 0.2", fault(() -> Schedules.cosine(0.1).end(0.2)));
    assertEquals(
        "factor must be a positive, finite number: -1.0", fault(() -> Schedules.step(0.1, -1, 2)));
    assertEquals("everyEpochs must be at least 1: 0", fault(() -> Schedules.step(0.1, 0.5, 0)));
    assertEquals(
        "factorPerEpoch must be a positive, finite number: Infinity",
        fault(() -> Schedules.exponential(0.1, Double.POSITIVE_INFINITY)));
    assertEquals(
        "rising must be above 0 and below 1: 1.0", fault(() -> Schedules.oneCycle(1).rising(1)));
    assertEquals(
        "endDivisor must be a finite number from 1: 0.5",
        fault(() -> Schedules.oneCycle(1).endDivisor(0.5)));
    assertEquals(
        "epochs must be a positive, finite number: 0.0",
        fault(() -> Schedules.constant(1).warmUp(0)));
    assertEquals(
        "step must be from 0 to steps - 1, which is 4: 5", fault(() -> new Moment(5, 5, 2)));
    assertEquals("stepsPerEpoch must be at least 1: 0", fault(() -> new Moment(0, 5, 0)));
  }

  private static String fault(Runnable act) {
    return assertThrows(IllegalArgumentException.class, act::run).getMessage();
  }
}
