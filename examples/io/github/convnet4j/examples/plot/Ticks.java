package io.github.convnet4j.examples.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Round numbers along an axis from -0.5 to n - 0.5, chosen as matplotlib's {@code AutoLocator}
 * does: as many as there is room for but at least two, in steps of 1, 2, 2.5 or 5 times a power of
 * ten.
 *
 * @param cells the number of picture cells along the axis
 * @param values the numbers, ascending
 * @param decimals the number of digits after the point, the same for all
 */
record Ticks(int cells, List<BigDecimal> values, int decimals) {
  private static final double POINTS_PER_PIXEL = 72.0 / 100;
  private static final int LABEL_POINTS = 10;
  private static final int MOST_INTERVALS = 9;
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal[] STEPS = {
    BigDecimal.ONE, BigDecimal.valueOf(2), new BigDecimal("2.5"), BigDecimal.valueOf(5)
  };

  /** Room for a label along an axis, in label heights. */
  enum Direction {
    ACROSS(3),
    DOWN(2);

    private final int labelHeights;

    Direction(int labelHeights) {
      this.labelHeights = labelHeights;
    }
  }

  Ticks {
    values = List.copyOf(values);
  }

  /** Returns the ticks of an axis of {@code cells} picture cells that is {@code pixels} long. */
  static Ticks of(int cells, double pixels, Direction direction) {
    double room = pixels * POINTS_PER_PIXEL / (LABEL_POINTS * direction.labelHeights);
    int intervals = Math.max(1, Math.min(MOST_INTERVALS, (int) room));
    int rung = STEPS.length * BigDecimal.valueOf(cells).precision();
    while (reaches(step(rung - 1), intervals, cells)) {
      rung--;
    }
    List<BigDecimal> values = multiples(step(rung), cells);
    while (values.size() < 2) {
      rung--;
      values = multiples(step(rung), cells);
    }
    return new Ticks(cells, values, Math.max(0, step(rung).stripTrailingZeros().scale()));
  }

  /** Returns the numbers as text, with the typographic minus sign. */
  List<String> labels() {
    return values.stream()
        .map(value -> value.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString())
        .map(label -> label.replace('-', '\u2212'))
        .toList();
  }

  /** Returns a step; rungs are in ascending order: rung 0 is 1, rung 1 is 2, rung -1 is 0.5. */
  private static BigDecimal step(int rung) {
    int power = Math.floorDiv(rung, STEPS.length);
    return STEPS[Math.floorMod(rung, STEPS.length)].scaleByPowerOfTen(power);
  }

  private static boolean reaches(BigDecimal step, int intervals, int cells) {
    return step.multiply(BigDecimal.valueOf(intervals)).compareTo(BigDecimal.valueOf(cells)) >= 0;
  }

  private static List<BigDecimal> multiples(BigDecimal step, int cells) {
    BigDecimal high = BigDecimal.valueOf(cells).subtract(HALF);
    List<BigDecimal> result = new ArrayList<>();
    BigDecimal first = HALF.divide(step, 0, RoundingMode.FLOOR).multiply(step).negate();
    for (BigDecimal value = first; value.compareTo(high) <= 0; value = value.add(step)) {
      result.add(value);
    }
    return result;
  }
}
