package io.github.convnet4j.check;

/**
 * Checks the bounds of arguments. Each method throws an {@link IllegalArgumentException} that names
 * the argument, the bound and the value.
 */
public final class Require {
  private Require() {}

  /** Requires a number that is neither infinite nor NaN. */
  public static void finite(String name, double value) {
    require(Double.isFinite(value), name, "must be a finite number", value);
  }

  /** Requires a finite number above 0. */
  public static void positive(String name, double value) {
    positive(name, value, value);
  }

  /** Requires a finite number above 0. */
  public static void positive(String name, float value) {
    positive(name, value, value);
  }

  private static void positive(String name, double value, Number shown) {
    require(value > 0 && Double.isFinite(value), name, "must be a positive, finite number", shown);
  }

  /** Requires a finite number of at least 0. */
  public static void notNegative(String name, double value) {
    notNegative(name, value, value);
  }

  /** Requires a finite number of at least 0. */
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

  /** Requires an integer of at least 0. */
  public static void notNegative(String name, long value) {
    atLeast(name, value, 0);
  }

  /** Requires an integer of at least {@code low}. */
  public static void atLeast(String name, long value, long low) {
    require(value >= low, name, "must be at least " + low, value);
  }

  /** Requires a number that is at least another argument. */
  public static void notBelow(String name, float value, String lowName, float low) {
    require(value >= low, name, "must be at least " + lowName + ", " + low, value);
  }

  /** Requires a number from {@code low} to {@code high}, inclusive. */
  public static void between(String name, float value, int low, int high) {
    require(value >= low && value <= high, name, "must be from " + low + " to " + high, value);
  }

  /** Requires a number from 0 to below 1, such as the decay rate of a running mean. */
  public static void fraction(String name, float value) {
    require(value >= 0 && value < 1, name, "must be at least 0 and below 1", value);
  }

  private static void require(boolean holds, String name, String bound, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " " + bound + ": " + value);
    }
  }
}
