package io.github.convnet4j.examples.numpy;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The common format of an array's shown numbers: one notation, points below one another, and no
 * more digits after the point than the longest needs, eight at most.
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

  /** The values in their common format, all of one width. */
  static List<String> format(FloatType type, double[] values) {
    FloatColumn column = new FloatColumn(type, values);
    return Arrays.stream(values).mapToObj(column::format).toList();
  }

  /** numpy's rule, over the magnitudes of the finite numbers that are not zero. */
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
    // A second pass over the digits: numpy no longer ends them where the number is told from its
    // neighbours, but where the column does (scientific), or not before the point (positional).
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

  /** Widened by zeros behind the sign, {@code e+005}. */
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
