package io.github.convnet4j.data;

import java.util.Arrays;

/**
 * How many images of each class make up a share of them all: each class in its proportion, as near
 * as whole images allow.
 */
final class ClassShare {
  private ClassShare() {}

  /**
   * Shares out by the largest remainder. Where the numbers allow it, every class of two images or
   * more has one inside the share, and every class has one outside it.
   *
   * @param sizes images of each class
   * @param total how many to take, from 1 to one less than there are; fewer are taken where classes
   *     would otherwise be left with none
   * @return how many of each class
   */
  static int[] of(int[] sizes, int total) {
    long all = Arrays.stream(sizes).asLongStream().sum();
    int spare = Arrays.stream(sizes).map(size -> Math.max(0, size - 1)).sum();
    // If no class has two images, some must do without one outside.
    int kept = spare > 0 ? 1 : 0;
    int wanted = spare > 0 ? Math.min(total, spare) : total;
    long several = Arrays.stream(sizes).filter(size -> size > 1).count();
    int least = several > 0 && wanted >= several ? 1 : 0;
    double[] quotas = new double[sizes.length];
    int[] taken = new int[sizes.length];
    for (int c = 0; c < sizes.length; c++) {
      quotas[c] = (double) sizes[c] * total / all;
      int most = Math.max(0, sizes[c] - kept);
      taken[c] = Math.min(most, Math.max((int) quotas[c], least));
    }
    int sum = Arrays.stream(taken).sum();
    for (; sum < wanted; sum++) {
      taken[mostBehind(quotas, taken, sizes, kept)]++;
    }
    for (; sum > wanted; sum--) {
      taken[mostAhead(quotas, taken, least)]--;
    }
    return taken;
  }

  /** The class that has too few by the most, of those that can give one more. */
  private static int mostBehind(double[] quotas, int[] taken, int[] sizes, int kept) {
    int found = -1;
    for (int c = 0; c < taken.length; c++) {
      if (taken[c] < sizes[c] - kept
          && (found < 0 || quotas[c] - taken[c] > quotas[found] - taken[found])) {
        found = c;
      }
    }
    return found;
  }

  /** The class that has too many by the most, of those that can do with one less. */
  private static int mostAhead(double[] quotas, int[] taken, int least) {
    int found = -1;
    for (int c = 0; c < taken.length; c++) {
      if (taken[c] > least && (found < 0 || taken[c] - quotas[c] > taken[found] - quotas[found])) {
        found = c;
      }
    }
    return found;
  }
}
