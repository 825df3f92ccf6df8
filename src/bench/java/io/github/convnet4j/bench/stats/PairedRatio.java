package io.github.convnet4j.bench.stats;

import java.util.List;

/**
 * How much longer one program takes than another, from rounds in which both ran one after the
 * other. The ratio is computed within each round, so that whatever slows the machine for a while
 * slows both.
 *
 * @param name the program that is compared
 * @param to the program that it is compared with
 * @param ratio the ratios of the rounds: above 1 if {@code name} takes longer
 */
public record PairedRatio(String name, String to, Quartiles ratio) {
  /**
   * Compares two programs round by round.
   *
   * @param times the times of {@code name}, one for each round
   * @param toTimes the times of {@code to}, for the same rounds
   * @throws IllegalArgumentException if their numbers differ, or a time is not above 0
   */
  public static PairedRatio of(String name, List<Double> times, String to, List<Double> toTimes) {
    if (times.size() != toTimes.size()) {
      throw new IllegalArgumentException(
          "both must have the same rounds: %s has %d, %s has %d"
              .formatted(name, times.size(), to, toTimes.size()));
    }
    double[] ratios = new double[times.size()];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = positive(name, times.get(round)) / positive(to, toTimes.get(round));
    }
    return new PairedRatio(name, to, Quartiles.of(ratios));
  }

  private static double positive(String name, double time) {
    if (!(time > 0)) {
      throw new IllegalArgumentException("times must be above 0: %s has %s".formatted(name, time));
    }
    return time;
  }
}
