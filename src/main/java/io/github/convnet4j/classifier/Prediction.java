package io.github.convnet4j.classifier;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a classifier takes an image for. Immutable. */
public final class Prediction {
  private final List<String> classNames;
  private final float[] probabilities;
  private final int classIndex;

  Prediction(List<String> classNames, float[] probabilities) {
    this.classNames = classNames;
    this.probabilities = probabilities;
    this.classIndex = indexOfGreatest(probabilities, 0, probabilities.length);
  }

  /**
   * A class and its probability.
   *
   * @param classIndex the class, from 0
   * @param className its name
   * @param probability from 0 to 1
   */
  public record ClassProbability(int classIndex, String className, float probability) {}

  /**
   * The first place of the greatest of {@code n} values from {@code from} on, counted from there;
   * NaN is never greater.
   */
  static int indexOfGreatest(float[] values, int from, int n) {
    int greatest = 0;
    for (int i = 1; i < n; i++) {
      if (values[from + i] > values[from + greatest]
          || (Float.isNaN(values[from + greatest]) && !Float.isNaN(values[from + i]))) {
        greatest = i;
      }
    }
    return greatest;
  }

  /** The likeliest class, from 0; of several equal ones the first. */
  public int classIndex() {
    return classIndex;
  }

  /** The likeliest class's name. */
  public String className() {
    return classNames.get(classIndex);
  }

  /** The likeliest class's probability; NaN where the image or the weights are. */
  public float probability() {
    return probabilities[classIndex];
  }

  /** The probability of each class, {@code [classes]}; a copy. */
  public float[] probabilities() {
    return probabilities.clone();
  }

  /**
   * The likeliest classes, likeliest first, equal ones in the order of their numbers.
   *
   * @param k how many, from 1 to the number of classes
   */
  public List<ClassProbability> top(int k) {
    if (k < 1 || k > probabilities.length) {
      throw new IllegalArgumentException(
          "k must be from 1 to %d, the number of classes: %d".formatted(probabilities.length, k));
    }
    return IntStream.range(0, probabilities.length)
        .mapToObj(i -> new ClassProbability(i, classNames.get(i), probabilities[i]))
        .sorted(Comparator.comparingDouble(c -> -c.probability()))
        .limit(k)
        .toList();
  }

  @Override
  public String toString() {
    return className() + " " + probability();
  }
}
