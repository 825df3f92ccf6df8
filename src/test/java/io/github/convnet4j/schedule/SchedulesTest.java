package io.github.convnet4j.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /**
   * Compares with the output of {@code src/test/python/print_schedules.py}; Keras' rates have 32
   * bits.
   */
  @Test
  void ratesMatchKerasAndPyTorch() throws IOException {
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
  void constantDoesNotChange() {
    assertEquals(0.3, at(Schedules.constant(0.3), 0, 5));
    assertEquals(0.3, at(Schedules.constant(0.3), 4, 5));
  }

  /**
   * The rate rises in three steps of one quarter each; then follow the eight steps of the schedule.
   */
  @Test
  void warmUpRisesLinearlyToTheScheduleThatFollows() {
    Schedule warm = Schedules.cosine(0.1).warmUp(1.5);
    assertEquals(0.025, at(warm, 0, 11), 1e-12);
    assertEquals(0.05, at(warm, 1, 11), 1e-12);
    assertEquals(0.075, at(warm, 2, 11), 1e-12);
    for (int step = 0; step < 8; step++) {
      assertEquals(at(Schedules.cosine(0.1), step, 8), at(warm, 3 + step, 11));
    }
  }

  @Test
  void warmUpMustLeaveAtLeastOneStep() {
    Schedule warm = Schedules.cosine(0.1).warmUp(1);
    assertEquals(0.1, at(warm, 2, 3), 1e-12);
    String message = fault(() -> at(warm, 0, 2));
    assertTrue(message.startsWith("warmUp") && message.contains("1.0 epochs"), message);
  }

  @Test
  void rejectNumbersOutOfRange() {
    assertRejected("rate", "0.0", () -> Schedules.constant(0));
    assertRejected("rate", "NaN", () -> Schedules.cosine(Double.NaN));
    assertRejected("end", "0.2", () -> Schedules.cosine(0.1).end(0.2));
    assertRejected("factor", "-1.0", () -> Schedules.step(0.1, -1, 2));
    assertRejected("everyEpochs", "0", () -> Schedules.step(0.1, 0.5, 0));
    assertRejected(
        "factorPerEpoch", "Infinity", () -> Schedules.exponential(0.1, Double.POSITIVE_INFINITY));
    assertRejected("peak", "0.0", () -> Schedules.oneCycle(0));
    assertRejected("rising", "1.0", () -> Schedules.oneCycle(1).rising(1));
    assertRejected("endDivisor", "0.5", () -> Schedules.oneCycle(1).endDivisor(0.5));
    assertRejected("epochs", "0.0", () -> Schedules.constant(1).warmUp(0));
    assertRejected("step", "5", () -> new Moment(5, 5, 2));
    assertRejected("stepsPerEpoch", "0", () -> new Moment(0, 5, 0));
  }

  private static void assertRejected(String argument, String value, Runnable act) {
    String message = fault(act);
    assertTrue(message.startsWith(argument + " must"), message);
    assertTrue(message.endsWith(": " + value), message);
  }

  private static String fault(Runnable act) {
    return assertThrows(IllegalArgumentException.class, act::run).getMessage();
  }
}
