package io.github.convnet4j.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequireTest {
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1e-300})
  void rejectsNumbersThatAreNotFiniteOrBelowTheBound(double value) {
    assertRejected(
        "n must be a positive, finite number: " + value, () -> Require.positive("n", value));
    assertRejected(
        "n must be 0 or a positive, finite number: " + value,
        () -> Require.notNegative("n", value));
  }

  @Test
  void showsTheGivenValue() {
    assertRejected("n must be a positive, finite number: -0.1", () -> Require.positive("n", -0.1f));
    assertRejected(
        "n must be 0 or a positive, finite number: -0.1", () -> Require.notNegative("n", -0.1f));
    assertRejected("n must be at least 0: -3", () -> Require.notNegative("n", -3));
    assertRejected("n must be at least 2: 1", () -> Require.atLeast("n", 1, 2));
    assertRejected("n must be from 0 to 180: 180.5", () -> Require.between("n", 180.5f, 0, 180));
    assertRejected(
        "to must be at least from, 1.1: 0.9", () -> Require.notBelow("to", 0.9f, "from", 1.1f));
    assertRejected("n must be a finite number: NaN", () -> Require.finite("n", Double.NaN));
    assertRejected("n must be at least 0 and below 1: 1.0", () -> Require.fraction("n", 1));
  }

  @Test
  void acceptsTheBoundsThemselves() {
    Require.positive("n", Float.MIN_VALUE);
    Require.positive("n", Double.MAX_VALUE);
    Require.notNegative("n", 0f);
    Require.notNegative("n", 0);
    Require.atLeast("n", 2, 2);
    Require.between("n", 0, 0, 180);
    Require.between("n", 180, 0, 180);
    Require.notBelow("to", 1, "from", 1);
    Require.fraction("n", 0);
  }

  private static void assertRejected(String message, Executable check) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, check).getMessage());
  }
}
