package io.github.convnet4j.data;

import java.util.Arrays;

/**
 * Computes how many images of each class to draw, so that the classes keep their proportions as
 * closely as possible.
 */
final class ClassShare {
  private ClassShare() {}

  /**
   * Divides by the largest remainder method. If the numbers allow it, at least one image of every
   * class with two or more images is drawn, and at least one image of every class is left.
   *
   * @param sizes images of each class
   * @param total how many to draw, from 1 to one less than there are; fewer are drawn if a class
   *     would otherwise have none left
   * @return how many to draw of each class
   */
  static int[] of(int[] sizes, int total) {
    long all = Arrays.stream(sizes).asLongStream().sum();
    int spare = Arrays.stream(sizes).map(size -> Math.max(0, size - 1)).sum();
    // If every class has only one image, a class that is drawn has none left.
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

  /** Returns the class that is furthest below its quota, of those with an image to spare. */
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

  /** Returns the class that is furthest above its quota, of those that can do with one less. */
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
