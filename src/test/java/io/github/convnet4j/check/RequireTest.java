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
    assertRejected("n must be a positive, finite number: -0.1", () -> Require.positive("n", -0.1));
    assertRejected(
        "n must be 0 or a positive, finite number: -0.1", () -> Require.notNegative("n", -0.1f));
    assertRejected("n must be at least 0: -3", () -> Require.notNegative("n", -3));
    assertRejected("n must be at least 2: 1", () -> Require.atLeast("n", 1, 2));
    assertRejected("n must be from 0 to 180: 180.5", () -> Require.between("n", 180.5, 0, 180));
    assertRejected(
        "to must be at least from, 1.1: 0.9", () -> Require.notBelow("to", 0.9, "from", 1.1));
    assertRejected("n must be a finite number: NaN", () -> Require.finite("n", Double.NaN));
    assertRejected("n must be at least 0 and below 1: 1.0", () -> Require.fractionFloat("n", 1));
  }

  /** The graph computes with 32-bit floats: a number must keep its bounds when it is rounded. */
  @Test
  void rejectsNumbersThatLeaveTheirBoundsAsFloats() {
    assertRejected(
        "n must be a positive, finite number, also as a 32-bit float: 1.0E-50",
        () -> Require.positiveFloat("n", 1e-50));
    assertRejected(
        "n must be a positive, finite number, also as a 32-bit float: 1.0E39",
        () -> Require.positiveFloat("n", 1e39));
    assertRejected(
        "n must be 0 or a positive, finite number, also as a 32-bit float: 1.0E39",
        () -> Require.notNegativeFloat("n", 1e39));
    assertRejected(
        "n must be at least 0 and below 1, also as a 32-bit float: 0.999999999",
        () -> Require.fractionFloat("n", 0.999999999));
    assertRejected(
        "n must be 0 or a positive, finite number: -1.0", () -> Require.notNegativeFloat("n", -1));
    assertRejected("n must be a positive, finite number: 0.0", () -> Require.positiveFloat("n", 0));
  }

  @Test
  void acceptsTheBoundsThemselves() {
    Require.positiveFloat("n", Float.MIN_VALUE);
    Require.positiveFloat("n", Float.MAX_VALUE);
    Require.positive("n", Double.MAX_VALUE);
    Require.notNegative("n", 0f);
    Require.notNegative("n", 0);
    Require.atLeast("n", 2, 2);
    Require.between("n", 0, 0, 180);
    Require.between("n", 180, 0, 180);
    Require.notBelow("to", 1, "from", 1);
    Require.fractionFloat("n", 0);
    Require.fractionFloat("n", 0.9999999);
    Require.notNegativeFloat("n", 0);
  }

  private static void assertRejected(String message, Executable check) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, check).getMessage());
  }
}
