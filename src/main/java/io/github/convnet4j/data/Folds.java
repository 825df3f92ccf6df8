package io.github.convnet4j.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Deals examples out to folds. */
final class Folds {
  private Folds() {}

  /**
   * Deals out the examples of one class after another, so that the numbers of a class in two folds,
   * and the sizes of two folds, differ by at most one.
   *
   * @param order the indices of all examples
   * @param labels their classes; all 0 for a split that takes no account of classes
   * @return the fold of each example
   */
  static int[] ofExamples(int[] order, int[] labels, int folds) {
    int[] byClass =
        IntStream.of(order)
            .boxed()
            .sorted(Comparator.comparingInt(index -> labels[index]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] foldOf = new int[order.length];
    for (int i = 0; i < byClass.length; i++) {
      foldOf[byClass[i]] = i % folds;
    }
    return foldOf;
  }

  /**
   * Deals out groups as scikit-learn's {@code StratifiedGroupKFold} does: those whose classes are
   * the most uneven come first, and each goes into the fold that leaves the classes spread most
   * evenly over the folds; of several such folds, into the smallest.
   *
   * @param table the number of examples of each class in each group, {@code [groups, classes]}
   * @param order the groups; it decides between groups that are alike
   * @return the fold of each group
   */
  static int[] ofGroups(int[][] table, int[] order, int folds) {
    int classes = table[0].length;
    long[] totals = new long[classes];
    for (int[] row : table) {
      for (int c = 0; c < classes; c++) {
        totals[c] += row[c];
      }
    }
    // Groups of one class are all equally even; the largest of them come first.
    Comparator<Integer> first =
        classes == 1
            ? Comparator.comparingInt(group -> -table[group][0])
            : Comparator.comparingDouble(group -> -deviation(table[group]));
    int[] sorted = IntStream.of(order).boxed().sorted(first).mapToInt(Integer::intValue).toArray();
    long[][] counts = new long[folds][classes];
    int[] foldOf = new int[table.length];
    for (int group : sorted) {
      int fold = bestFold(counts, table[group], totals);
      foldOf[group] = fold;
      add(counts[fold], table[group], 1);
    }
    return foldOf;
  }

  private static int bestFold(long[][] counts, int[] group, long[] totals) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    long fewest = Long.MAX_VALUE;
    for (int fold = 0; fold < counts.length; fold++) {
      add(counts[fold], group, 1);
      double unevenness = unevenness(counts, totals);
      add(counts[fold], group, -1);
      long size = Arrays.stream(counts[fold]).sum();
      boolean alike = Math.abs(unevenness - least) <= 1e-8 + 1e-5 * least;
      if (alike ? size < fewest : unevenness < least) {
        best = fold;
        least = unevenness;
        fewest = size;
      }
    }
    return best;
  }

  private static void add(long[] counts, int[] group, int sign) {
    for (int c = 0; c < counts.length; c++) {
      counts[c] += sign * (long) group[c];
    }
  }

  /** Returns the mean over the classes of the deviation of the folds' shares. */
  private static double unevenness(long[][] counts, long[] totals) {
    double sum = 0;
    int occurring = 0;
    for (int c = 0; c < totals.length; c++) {
      if (totals[c] > 0) {
        double[] shares = new double[counts.length];
        for (int fold = 0; fold < shares.length; fold++) {
          shares[fold] = (double) counts[fold][c] / totals[c];
        }
        sum += deviation(shares);
        occurring++;
      }
    }
    return sum / occurring;
  }

  private static double deviation(int[] values) {
    return deviation(Arrays.stream(values).asDoubleStream().toArray());
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values)
            .map(value -> (value - mean) * (value - mean))
            .average()
            .orElseThrow());
  }
}
