package io.github.convnet4j.examples.numpy;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The common format of the numbers that are shown of an array: one notation, decimal points
 * aligned, and only as many digits after the point as the longest number needs, at most eight.
 */
final class FloatColumn {
  private static final int PRECISION = 8;

  /** The widths of {@code nan} and of {@code inf}. */
  private static final int NON_FINITE_WIDTH = 3;

  private final FloatType type;
  private final boolean scientific;
  private final int wholeWidth;
  private final int fractionWidth;
  private final int exponentWidth;

  private FloatColumn(FloatType type, double[] values) {
    this.type = type;
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    this.scientific = isScientific(type, finite);
    Cutoff cutoff = scientific ? Cutoff.digits(PRECISION + 1) : Cutoff.fraction(PRECISION);
    List<FloatText> texts = Arrays.stream(finite).mapToObj(value -> text(value, cutoff)).toList();
    this.fractionWidth = max(texts, text -> text.fraction().length());
    this.exponentWidth = max(texts, text -> text.exponent().length());
    int whole = max(texts, text -> text.whole().length());
    if (finite.length < values.length) {
      boolean negative = Arrays.stream(values).anyMatch(x -> x == Double.NEGATIVE_INFINITY);
      int width = NON_FINITE_WIDTH + (negative ? 1 : 0);
      whole = Math.max(whole, width - (1 + fractionWidth + exponentWidth));
    }
    this.wholeWidth = whole;
  }

  /** Returns the values in their common format, all with the same width. */
  static List<String> format(FloatType type, double[] values) {
    FloatColumn column = new FloatColumn(type, values);
    return Arrays.stream(values).mapToObj(column::format).toList();
  }

  /** Applies numpy's rule to the absolute values of the finite numbers that are not zero. */
  private static boolean isScientific(FloatType type, double[] finite) {
    double[] magnitudes = Arrays.stream(finite).filter(x -> x != 0).map(Math::abs).toArray();
    if (magnitudes.length == 0) {
      return false;
    }
    double max = Arrays.stream(magnitudes).max().getAsDouble();
    double min = Arrays.stream(magnitudes).min().getAsDouble();
    return max >= 1e8 || min < 1e-4 || type.ratio(max, min) > 1000;
  }

  private static int max(List<FloatText> texts, ToIntFunction<FloatText> width) {
    return texts.stream().mapToInt(width).max().orElse(0);
  }

  private FloatText text(double value, Cutoff cutoff) {
    BinaryFloat number = type.parts(value);
    return scientific ? FloatText.scientific(number, cutoff) : FloatText.positional(number, cutoff);
  }

  private String format(double value) {
    if (!Double.isFinite(value)) {
      String text = FloatText.ofNonFinite(value);
      int width = wholeWidth + 1 + fractionWidth + exponentWidth;
      return " ".repeat(width - text.length()) + text;
    }
    // A second pass: numpy now ends the digits where the column ends (scientific), or not before
    // the point (positional), even if fewer digits identify the number.
    Cutoff cutoff =
        scientific ? Cutoff.exactDigits(fractionWidth + 1) : Cutoff.wholeAndFraction(PRECISION);
    FloatText text = text(value, cutoff);
    String fill = scientific ? "0" : " ";
    return fill(" ", wholeWidth - text.whole().length())
        + text.whole()
        + "."
        + text.fraction()
        + fill(fill, fractionWidth - text.fraction().length())
        + exponent(text.exponent());
  }

  /** Pads the exponent with zeros after the sign: {@code e+005}. */
  private String exponent(String exponent) {
    int missing = exponentWidth - exponent.length();
    return missing > 0
        ? exponent.substring(0, 2) + "0".repeat(missing) + exponent.substring(2)
        : exponent;
  }

  private static String fill(String fill, int count) {
    return fill.repeat(Math.max(count, 0));
  }
}
