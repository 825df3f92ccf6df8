package io.github.convnet4j.task;

import io.github.convnet4j.check.Largest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The predicted probabilities of the classes for one example. Immutable. */
public final class Prediction {
  private final List<String> classNames;
  private final float[] probabilities;
  private final int classIndex;

  Prediction(List<String> classNames, float[] probabilities) {
    this.classNames = classNames;
    this.probabilities = probabilities;
    this.classIndex = Largest.indexOf(probabilities, 0, probabilities.length);
  }

  /**
   * A class and its probability.
   *
   * @param classIndex the number of the class, from 0
   * @param className the name of the class
   * @param probability its probability, from 0 to 1
   */
  public record ClassProbability(int classIndex, String className, float probability) {}

  /**
   * Returns the number of the most likely class, from 0; the first one if several are equally
   * likely.
   */
  public int classIndex() {
    return classIndex;
  }

  /** Returns the name of the most likely class. */
  public String className() {
    return classNames.get(classIndex);
  }

  /** Returns the probability of the most likely class; NaN if all probabilities are NaN. */
  public float probability() {
    return probabilities[classIndex];
  }

  /** Returns a copy of the probabilities, {@code [classes]}. */
  public float[] probabilities() {
    return probabilities.clone();
  }

  /**
   * Returns the most likely classes, most likely first; equally likely ones in the order of their
   * numbers.
   *
   * @param k number of classes to return, from 1 to the number of all classes
   */
  public List<ClassProbability> top(int k) {
    if (k < 1 || k > probabilities.length) {
      throw new IllegalArgumentException(
          "k must be from 1 to the number of classes, %d: %d".formatted(probabilities.length, k));
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
