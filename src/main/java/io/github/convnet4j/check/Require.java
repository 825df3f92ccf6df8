package io.github.convnet4j.check;

/**
 * The bounds of arguments. Each method throws an {@link IllegalArgumentException} that names the
 * argument, the bound and the value.
 */
public final class Require {
  private Require() {}

  /** A number that is neither infinite nor NaN. */
  public static void finite(String name, double value) {
    require(Double.isFinite(value), name, "must be a finite number", value);
  }

  /** A finite number above 0. */
  public static void positive(String name, double value) {
    positive(name, value, value);
  }

  /** A finite number above 0. */
  public static void positive(String name, float value) {
    positive(name, value, value);
  }

  private static void positive(String name, double value, Number shown) {
    require(value > 0 && Double.isFinite(value), name, "must be a positive, finite number", shown);
  }

  /** A finite number, 0 or above. */
  public static void notNegative(String name, double value) {
    notNegative(name, value, value);
  }

  /** A finite number, 0 or above. */
  public static void notNegative(String name, float value) {
    notNegative(name, value, value);
  }

  private static void notNegative(String name, double value, Number shown) {
    require(
        value >= 0 && Double.isFinite(value),
        name,
        "must be 0 or a positive, finite number",
        shown);
  }

  /** A whole number, 0 or above. */
  public static void notNegative(String name, long value) {
    atLeast(name, value, 0);
  }

  /** A whole number that is not below {@code low}. */
  public static void atLeast(String name, long value, long low) {
    require(value >= low, name, "must be at least " + low, value);
  }

  /** A number that is not below another argument. */
  public static void notBelow(String name, float value, String lowName, float low) {
    require(value >= low, name, "must be at least " + lowName + ", " + low, value);
  }

  /** A number from {@code low} to {@code high}, both included. */
  public static void between(String name, float value, int low, int high) {
    require(value >= low && value <= high, name, "must be from " + low + " to " + high, value);
  }

  /** A number from 0 to below 1: the share that a running mean keeps of its past. */
  public static void fraction(String name, float value) {
    require(value >= 0 && value < 1, name, "must be at least 0 and below 1", value);
  }

  private static void require(boolean holds, String name, String bound, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " " + bound + ": " + value);
    }
  }
}
