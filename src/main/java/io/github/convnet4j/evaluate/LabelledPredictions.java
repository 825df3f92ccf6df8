package io.github.convnet4j.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What some examples are and with which probabilities they were taken for what; and every measure
 * that follows from that. Immutable.
 *
 * <p>The numbers are those of scikit-learn 1.9 for the same probabilities as doubles. The class
 * that an example is taken for is the likeliest, of equal ones the first.
 */
public final class LabelledPredictions {
  /** As {@link Calibration} says. */
  private static final int CALIBRATION_BINS = 15;

  /** Where {@link #logLoss()} cuts: the gap between 1 and the next double. */
  private static final double LEAST_PROBABILITY = Math.ulp(1.0);

  private final List<String> classNames;
  private final int[] labels;
  private final float[] probabilities;

  private LabelledPredictions(List<String> classNames, int[] labels, float[] probabilities) {
    this.classNames = classNames;
    this.labels = labels;
    this.probabilities = probabilities;
  }

  /**
   * Of a row of probabilities for each example.
   *
   * @param classNames one for each class, at least one
   * @param labels the examples' classes, from 0; at least one
   * @param probabilities {@code [examples][classes]}, as a softmax gives them: from 0 to 1, those
   *     of an example summing to 1 within 0.001
   * @throws IllegalArgumentException if anything is otherwise; the message names the place
   */
  public static LabelledPredictions of(
      List<String> classNames, int[] labels, float[][] probabilities) {
    if (probabilities.length != labels.length) {
      throw new IllegalArgumentException(
          "probabilities must have a row for each of %d labels: %d"
              .formatted(labels.length, probabilities.length));
    }
    int classes = classNames.size();
    float[] flat = new float[Math.multiplyExact(labels.length, classes)];
    for (int i = 0; i < labels.length; i++) {
      if (probabilities[i].length != classes) {
        throw new IllegalArgumentException(
            "probabilities[%d] must have one for each of %d classes: %d"
                .formatted(i, classes, probabilities[i].length));
      }
      System.arraycopy(probabilities[i], 0, flat, i * classes, classes);
    }
    return checked(List.copyOf(classNames), labels.clone(), flat);
  }

  /**
   * Of all probabilities in one array.
   *
   * @param classNames one for each class, at least one
   * @param labels the examples' classes, from 0; at least one
   * @param probabilities {@code [examples, classes]}, an example's one after the other; otherwise
   *     as {@link #of(List, int[], float[][])} wants them
   * @throws IllegalArgumentException if anything is otherwise; the message names the place
   */
  public static LabelledPredictions of(
      List<String> classNames, int[] labels, float[] probabilities) {
    if (probabilities.length != (long) labels.length * classNames.size()) {
      throw new IllegalArgumentException(
          "probabilities must be %d x %d, labels by classes: %d"
              .formatted(labels.length, classNames.size(), probabilities.length));
    }
    return checked(List.copyOf(classNames), labels.clone(), probabilities.clone());
  }

  private static LabelledPredictions checked(
      List<String> classNames, int[] labels, float[] probabilities) {
    if (classNames.isEmpty()) {
      throw new IllegalArgumentException("classNames must not be empty");
    }
    if (labels.length == 0) {
      throw new IllegalArgumentException("labels must not be empty");
    }
    Probabilities.check(probabilities, classNames.size());
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            "labels[%d] must be from 0 to %d: %d".formatted(i, classNames.size() - 1, labels[i]));
      }
    }
    return new LabelledPredictions(classNames, labels, probabilities);
  }

  /** Number of examples. */
  public int size() {
    return labels.length;
  }

  /** The classes' names. */
  public List<String> classNames() {
    return classNames;
  }

  /** The class of example {@code i}, from 0. */
  public int label(int i) {
    return labels[i];
  }

  /** The probability that example {@code i} is of class {@code c}. */
  public float probability(int i, int c) {
    return probabilities[i * classNames.size() + c];
  }

  /** The class that example {@code i} is taken for, from 0. */
  public int prediction(int i) {
    int likeliest = 0;
    for (int c = 1; c < classNames.size(); c++) {
      if (probability(i, c) > probability(i, likeliest)) {
        likeliest = c;
      }
    }
    return likeliest;
  }

  /** How often each class was taken for which. */
  public ConfusionMatrix confusionMatrix() {
    return ConfusionMatrix.of(
        classNames, labels, IntStream.range(0, size()).map(this::prediction).toArray());
  }

  /** Precision, recall and F1 of each class, and their means. */
  public ClassificationReport report() {
    return ClassificationReport.of(confusionMatrix());
  }

  /** The share of examples that were taken for what they are, from 0 to 1. */
  public double accuracy() {
    return (double) confusionMatrix().correct() / size();
  }

  /** Where the accuracy on all such examples lies: Wilson's interval, at the level of 95 %. */
  public ConfidenceInterval accuracyInterval() {
    return ConfidenceInterval.wilson(confusionMatrix().correct(), size());
  }

  /**
   * The share of examples whose class is among the {@code k} likeliest. Of equal probabilities the
   * later class counts as the likelier, as in scikit-learn; so with ties, and only then, {@code
   * topKAccuracy(1)} and {@link #accuracy()} may differ.
   *
   * @param k from 1 to the number of classes
   */
  public double topKAccuracy(int k) {
    if (k < 1 || k > classNames.size()) {
      throw new IllegalArgumentException(
          "k must be from 1 to %d, the number of classes: %d".formatted(classNames.size(), k));
    }
    return (double) IntStream.range(0, size()).filter(i -> likelier(i) < k).count() / size();
  }

  /** How many classes are likelier for example {@code i} than its own. */
  private int likelier(int i) {
    float own = probability(i, labels[i]);
    int likelier = 0;
    for (int c = 0; c < classNames.size(); c++) {
      float other = probability(i, c);
      if (other > own || (other == own && c > labels[i])) {
        likelier++;
      }
    }
    return likelier;
  }

  /**
   * The mean of -log p, p being the probability of an example's own class, at least
   * 2<sup>-52</sup>: 0 at best, 36.04 for one that was thought impossible. This is the softmax
   * cross-entropy.
   */
  public double logLoss() {
    return PairwiseSum.mean(
        IntStream.range(0, size())
            .mapToDouble(i -> 0 - Math.log(Math.max(LEAST_PROBABILITY, probability(i, labels[i]))))
            .toArray());
  }

  /**
   * The mean over the examples of the squared distance between probabilities and label (1 for the
   * example's class, else 0), summed over the classes: from 0 to 2, as G. W. Brier, "Verification
   * of forecasts expressed in terms of probability", Mon. Weather Rev. 78, 1950, defined it. For
   * two classes scikit-learn halves it unless told {@code scale_by_half=False}.
   */
  public double brierScore() {
    double[] distances = new double[size()];
    for (int i = 0; i < distances.length; i++) {
      for (int c = 0; c < classNames.size(); c++) {
        double error = probability(i, c) - (labels[i] == c ? 1.0 : 0.0);
        distances[i] += error * error;
      }
    }
    return PairwiseSum.mean(distances);
  }

  /** How well the probability of each class tells its examples from the others. */
  public RocAuc rocAuc() {
    return RocAuc.of(this);
  }

  /** Whether the probabilities mean what they say, in 15 bins of equal width. */
  public Calibration calibration() {
    return calibration(CALIBRATION_BINS);
  }

  /**
   * Whether the probabilities mean what they say.
   *
   * @param bins how many, of equal width, at least 1
   */
  public Calibration calibration(int bins) {
    return Calibration.of(this, bins);
  }

  /** The report's table and, below it, the other measures. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s\naccuracy %.4f, %s\nlog loss %.4f, Brier score %.4f, %s\n%s\n",
        report(),
        accuracy(),
        accuracyInterval(),
        logLoss(),
        brierScore(),
        calibration(),
        rocAuc());
  }
}
