package io.github.convnet4j.check;

/**
 * Checks the bounds of arguments, and results. Each method throws an {@link
 * IllegalArgumentException} that names the argument, the bound and the value.
 */
public final class Require {
  private static final String POSITIVE = "must be a positive, finite number";
  private static final String NOT_NEGATIVE = "must be 0 or a positive, finite number";
  private static final String FRACTION = "must be at least 0 and below 1";
  private static final String AS_FLOAT = ", also as a 32-bit float";

  private Require() {}

  /**
   * Requires that a method which a user may have written does not return null.
   *
   * @param owner what the method belongs to, for example "the initializer of dense/kernel"
   * @return the result
   */
  public static <T> T result(String owner, String method, T result) {
    if (result == null) {
      throw new IllegalArgumentException(
          "%s must return a value from %s: null".formatted(owner, method));
    }
    return result;
  }

  /** Requires a number that is neither infinite nor NaN. */
  public static void finite(String name, double value) {
    require(Double.isFinite(value), name, "must be a finite number", value);
  }

  /** Requires a finite number above 0. */
  public static void positive(String name, double value) {
    require(isPositive(value), name, POSITIVE, value);
  }

  /** Requires a finite number of at least 0. */
  public static void notNegative(String name, double value) {
    require(isNotNegative(value), name, NOT_NEGATIVE, value);
  }

  /** Requires a finite number of at least 0. */
  public static void notNegative(String name, float value) {
    require(isNotNegative(value), name, NOT_NEGATIVE, value);
  }

  /** Requires a number that is finite and above 0 when rounded to a 32-bit float, too. */
  public static void positiveFloat(String name, double value) {
    positive(name, value);
    require(isPositive((float) value), name, POSITIVE + AS_FLOAT, value);
  }

  /** Requires a number that is finite and at least 0 when rounded to a 32-bit float, too. */
  public static void notNegativeFloat(String name, double value) {
    notNegative(name, value);
    require(isNotNegative((float) value), name, NOT_NEGATIVE + AS_FLOAT, value);
  }

  /**
   * Requires a number from 0 to below 1, such as the decay rate of a running mean, that is below 1
   * when rounded to a 32-bit float, too.
   */
  public static void fractionFloat(String name, double value) {
    require(isFraction(value), name, FRACTION, value);
    require(isFraction((float) value), name, FRACTION + AS_FLOAT, value);
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
  public static void notBelow(String name, double value, String lowName, double low) {
    require(value >= low, name, "must be at least " + lowName + ", " + low, value);
  }

  /** Requires a number from {@code low} to {@code high}, inclusive. */
  public static void between(String name, double value, int low, int high) {
    require(value >= low && value <= high, name, "must be from " + low + " to " + high, value);
  }

  /** Requires an integer from {@code low} to {@code high}, inclusive. */
  public static void between(String name, long value, int low, int high) {
    require(value >= low && value <= high, name, "must be from " + low + " to " + high, value);
  }

  private static boolean isPositive(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private static boolean isNotNegative(double value) {
    return value >= 0 && Double.isFinite(value);
  }

  private static boolean isFraction(double value) {
    return value >= 0 && value < 1;
  }

  private static void require(boolean holds, String name, String bound, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " " + bound + ": " + value);
    }
  }
}
