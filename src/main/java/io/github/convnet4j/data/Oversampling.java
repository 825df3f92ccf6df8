package io.github.convnet4j.data;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Repeats examples of rare classes, so that a network sees each class equally often:
 *
 * <pre>{@code
 * model.fit(Oversampling.balanced(train, 7), epochs(10).validateOn(validation));
 * }</pre>
 *
 * <p>Nothing is copied: the result refers to the same examples several times. Split before, and
 * oversample only the training examples. If the result is split nevertheless ({@link Splits},
 * {@code validationShare}), all copies of an example stay on one side.
 */
public final class Oversampling {
  private Oversampling() {}

  /**
   * Repeats images until each class has as many as the largest one. Each image is used at least
   * once; within a class, the numbers of copies differ by at most one. Classes without images stay
   * without.
   *
   * @param seed decides which images of a class have one copy more
   */
  public static DataSet balanced(DataSet images, long seed) {
    int[] indices = balanced(images.labels(), images.classes(), seed);
    return images.grouped(together(images)).select(indices);
  }

  /**
   * Repeats examples as {@link #balanced(DataSet, long)} does.
   *
   * @param examples with one target, one-hot, {@code [classes]}
   */
  public static Source balanced(Source examples, long seed) {
    int[] labels = ClassCounts.classOfEach(examples);
    int classes = Arrays.stream(labels).max().orElseThrow() + 1;
    return examples.grouped(together(examples)).select(balanced(labels, classes, seed));
  }

  /**
   * Draws images with replacement, each with a probability in proportion to its weight, as
   * PyTorch's {@code WeightedRandomSampler} does. Unlike there, they are drawn once and not again
   * in each epoch.
   *
   * @param weights one for each image, finite and at least 0, and at least one above 0
   * @param count number of images to draw, at least 1
   */
  public static DataSet weighted(DataSet images, double[] weights, int count, long seed) {
    return images.grouped(together(images)).select(drawn(images, weights, count, seed));
  }

  /** Draws examples as {@link #weighted(DataSet, double[], int, long)} does. */
  public static Source weighted(Source examples, double[] weights, int count, long seed) {
    return examples.grouped(together(examples)).select(drawn(examples, weights, count, seed));
  }

  /** Returns the groups of the examples, or one for each example. */
  private static Groups together(Source examples) {
    return examples.groups().orElseGet(() -> Groups.by(examples.size(), i -> "example " + i));
  }

  private static int[] balanced(int[] labels, int classes, long seed) {
    int[] sizes = new int[classes];
    for (int label : labels) {
      sizes[label]++;
    }
    int largest = Arrays.stream(sizes).max().orElseThrow();
    Random random = new Random(seed);
    IntStream.Builder indices = IntStream.builder();
    for (int c = 0; c < classes; c++) {
      int label = c;
      int[] own = IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
      for (int copies = own.length; copies > 0 && copies <= largest; copies += own.length) {
        IntStream.of(own).forEach(indices);
      }
      if (own.length > 0) {
        firstShuffled(own, largest % own.length, random).forEach(indices);
      }
    }
    return indices.build().sorted().toArray();
  }

  /** Shuffles until the first {@code count} are known (Fisher and Yates). */
  private static IntStream firstShuffled(int[] values, int count, Random random) {
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(values.length - i);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
    return IntStream.of(values).limit(count);
  }

  private static int[] drawn(Source examples, double[] weights, int count, long seed) {
    Require.atLeast("count", count, 1);
    if (weights.length != examples.size()) {
      throw new IllegalArgumentException(
          "weights must be %d, one for each example: %d"
              .formatted(examples.size(), weights.length));
    }
    double[] sums = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && Double.isFinite(weights[i]))) {
        throw new IllegalArgumentException(
            "weights must be finite and at least 0: that of example %d is %s"
                .formatted(i, weights[i]));
      }
      sum += weights[i];
      sums[i] = sum;
    }
    if (!(sum > 0 && Double.isFinite(sum))) {
      throw new IllegalArgumentException("weights must have a finite sum above 0: " + sum);
    }
    Random random = new Random(seed);
    double total = sum;
    return IntStream.generate(
            () -> firstAbove(sums, Math.min(random.nextDouble() * total, Math.nextDown(total))))
        .limit(count)
        .toArray();
  }

  /** Returns the first index whose sum is above a value below the last sum. */
  private static int firstAbove(double[] sums, double value) {
    int low = 0;
    int high = sums.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sums[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
