package io.github.convnet4j.data;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * How many examples, labels or pixels there are of each class, and weights that follow from it:
 *
 * <pre>{@code
 * ClassCounts counts = ClassCounts.of(train);       // 900 cats, 100 dogs
 * counts.balancedWeights();                         // 0.5556, 5.0: 1000 / (2 * 900), 1000 / (2 * 100)
 * }</pre>
 *
 * <p>Immutable.
 */
public final class ClassCounts {
  /** Examples that are read at a time. */
  private static final int AT_A_TIME = 256;

  private final long[] counts;

  private ClassCounts(long[] counts) {
    this.counts = counts;
  }

  /**
   * Returns given counts.
   *
   * @param counts for each class, at least 0; at least one class, and at least one count above 0
   */
  public static ClassCounts of(long... counts) {
    Require.atLeast("number of counts", counts.length, 1);
    for (long count : counts) {
      Require.atLeast("count", count, 0);
    }
    if (Arrays.stream(counts).allMatch(count -> count == 0)) {
      throw new IllegalArgumentException("counts must not all be 0");
    }
    return new ClassCounts(counts.clone());
  }

  /**
   * Counts the examples of each class.
   *
   * @param examples with one target, one-hot, {@code [classes]}, as those of a {@link DataSet}
   * @throws IllegalArgumentException if an example does not have exactly one class
   */
  public static ClassCounts of(Source examples) {
    return new ClassCounts(countsOfLabels(classOfEach(examples), classes(examples)));
  }

  /**
   * Counts the examples that have each label, of any number that an example may have.
   *
   * @param examples with one target, {@code [labels]}, of ones and zeros
   */
  public static ClassCounts ofLabels(Source examples) {
    int labels = classes(examples);
    long[] counts = new long[labels];
    readTargets(
        examples,
        (first, targets) -> {
          for (int i = 0; i < targets.length; i++) {
            if (targets[i] != 0 && targets[i] != 1) {
              throw new IllegalArgumentException(
                  "targets must be 0 or 1 for each label: that of example %d is %s"
                      .formatted(first + i / labels, targets[i]));
            }
            counts[i % labels] += (long) targets[i];
          }
        });
    return new ClassCounts(counts);
  }

  /**
   * Counts the pixels of each class in masks.
   *
   * @param examples with one target, {@code [height, width]}, of class numbers
   * @param classes number of classes; pixels with other numbers are not labelled, and not counted
   */
  public static ClassCounts ofPixels(Source examples, int classes) {
    Require.atLeast("classes", classes, 1);
    onlyTarget(examples);
    long[] counts = new long[classes];
    readTargets(
        examples,
        (first, targets) -> {
          for (float number : targets) {
            if (number >= 0 && number < classes) {
              counts[(int) number]++;
            }
          }
        });
    return new ClassCounts(counts);
  }

  /**
   * Returns the class of each example, {@code [size]}.
   *
   * @param examples with one target, one-hot, {@code [classes]}
   * @throws IllegalArgumentException if an example does not have exactly one class
   */
  static int[] classOfEach(Source examples) {
    if (examples instanceof DataSet images) {
      return images.labels();
    }
    int classes = classes(examples);
    int[] labels = new int[examples.size()];
    readTargets(
        examples,
        (first, targets) -> {
          for (int i = 0; i < targets.length / classes; i++) {
            labels[first + i] = classOf(targets, i * classes, classes, first + i);
          }
        });
    return labels;
  }

  private static int classOf(float[] targets, int from, int classes, int example) {
    int found = -1;
    for (int c = 0; c < classes; c++) {
      float target = targets[from + c];
      if (target == 1 && found < 0) {
        found = c;
      } else if (target != 0) {
        found = classes;
      }
    }
    if (found < 0 || found == classes) {
      throw new IllegalArgumentException(
          "targets must be one-hot, a 1 for the class of the example and otherwise 0: those of example %d are %s"
              .formatted(
                  example, Arrays.toString(Arrays.copyOfRange(targets, from, from + classes))));
    }
    return found;
  }

  private static int classes(Source examples) {
    Shape target = onlyTarget(examples);
    if (target.numDimensions() != 1) {
      throw new IllegalArgumentException(
          "examples must have a target of shape [classes]: it is "
              + target
              + (target.numDimensions() == 2 ? "; ofPixels counts the pixels of masks" : ""));
    }
    return Math.toIntExact(target.get(0));
  }

  private static Shape onlyTarget(Source examples) {
    List<Shape> targets = examples.targetShapes();
    if (targets.size() != 1) {
      throw new IllegalArgumentException(
          "examples must have exactly one target: they have " + targets.size());
    }
    return targets.get(0);
  }

  /** Receives the targets of some examples. */
  private interface Targets {
    void read(int first, float[] targets);
  }

  private static void readTargets(Source examples, Targets each) {
    for (int from = 0; from < examples.size(); from += AT_A_TIME) {
      int to = Math.min(from + AT_A_TIME, examples.size());
      each.read(from, examples.readTargets(IntStream.range(from, to).toArray()).get(0));
    }
  }

  private static long[] countsOfLabels(int[] labels, int classes) {
    long[] counts = new long[classes];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /** Returns the number of classes. */
  public int classes() {
    return counts.length;
  }

  /** Returns how many there are of a class. */
  public long count(int label) {
    return counts[label];
  }

  /** Returns how many there are of each class, {@code [classes]}. */
  public long[] counts() {
    return counts.clone();
  }

  /** Returns how many there are in all. */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /**
   * Returns a weight for each class that makes all classes count the same: the mean number per
   * class, divided by that of the class. These are scikit-learn's {@code
   * compute_class_weight('balanced')}. A class that does not occur has the weight 0, and is not
   * counted for the mean.
   *
   * @throws IllegalStateException if there is nothing of any class
   */
  public double[] balancedWeights() {
    long total = total();
    if (total == 0) {
      throw new IllegalStateException("there is nothing of any class to be weighted");
    }
    long occurring = Arrays.stream(counts).filter(count -> count > 0).count();
    return Arrays.stream(counts)
        .mapToDouble(count -> count == 0 ? 0 : (double) total / occurring / count)
        .toArray();
  }

  @Override
  public String toString() {
    return Arrays.toString(counts);
  }
}
