package io.github.convnet4j.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The labels of some examples and the predicted probabilities, with all metrics computed from them.
 * Immutable.
 *
 * <p>The numbers equal those of scikit-learn 1.9 for the same probabilities as doubles. The
 * predicted class is the most likely one; if several are equally likely, the first.
 */
public final class LabelledPredictions {
  /** The number that the paper cited in {@link Calibration} uses. */
  private static final int CALIBRATION_BINS = 15;

  private final List<String> classNames;
  private final int[] labels;
  private final float[] probabilities;

  private LabelledPredictions(List<String> classNames, int[] labels, float[] probabilities) {
    this.classNames = classNames;
    this.labels = labels;
    this.probabilities = probabilities;
  }

  /**
   * Returns predictions with one row of probabilities for each example.
   *
   * @param classNames one for each class, at least one
   * @param labels the class of each example, from 0; at least one
   * @param probabilities {@code [examples][classes]}, as from a softmax: from 0 to 1, with a sum of
   *     1 within 0.001 for each example
   * @throws IllegalArgumentException if an argument is not as described; the message names the
   *     position
   */
  public static LabelledPredictions of(
      List<String> classNames, int[] labels, float[][] probabilities) {
    if (probabilities.length != labels.length) {
      throw new IllegalArgumentException(
          "probabilities must have one row for each of the %d labels: %d rows"
              .formatted(labels.length, probabilities.length));
    }
    int classes = classNames.size();
    float[] flat = new float[Math.multiplyExact(labels.length, classes)];
    for (int i = 0; i < labels.length; i++) {
      if (probabilities[i].length != classes) {
        throw new IllegalArgumentException(
            "probabilities[%d] must have one number for each of the %d classes: %d numbers"
                .formatted(i, classes, probabilities[i].length));
      }
      System.arraycopy(probabilities[i], 0, flat, i * classes, classes);
    }
    return checked(List.copyOf(classNames), labels.clone(), flat);
  }

  /**
   * Returns predictions with all probabilities in a single array.
   *
   * @param classNames one for each class, at least one
   * @param labels the class of each example, from 0; at least one
   * @param probabilities {@code [examples, classes]}, row by row; otherwise as for {@link #of(List,
   *     int[], float[][])}
   * @throws IllegalArgumentException if an argument is not as described; the message names the
   *     position
   */
  public static LabelledPredictions of(
      List<String> classNames, int[] labels, float[] probabilities) {
    if (probabilities.length != (long) labels.length * classNames.size()) {
      throw new IllegalArgumentException(
          "probabilities must have %d x %d numbers, labels times classes: %d"
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

  /** The names of the classes. */
  public List<String> classNames() {
    return classNames;
  }

  /** Returns the class of example {@code i}, from 0. */
  public int label(int i) {
    return labels[i];
  }

  /** Returns the predicted probability that example {@code i} belongs to class {@code c}. */
  public float probability(int i, int c) {
    return probabilities[i * classNames.size() + c];
  }

  /** Returns the predicted class of example {@code i}, from 0. */
  public int prediction(int i) {
    int best = 0;
    for (int c = 1; c < classNames.size(); c++) {
      if (probability(i, c) > probability(i, best)) {
        best = c;
      }
    }
    return best;
  }

  /** Returns how often the examples of each class were predicted as each class. */
  public ConfusionMatrix confusionMatrix() {
    return ConfusionMatrix.of(
        classNames, labels, IntStream.range(0, size()).map(this::prediction).toArray());
  }

  /** Returns precision, recall and F1 of each class, and their means. */
  public ClassificationReport report() {
    return ClassificationReport.of(confusionMatrix());
  }

  /** Returns the share of correctly classified examples, from 0 to 1. */
  public double accuracy() {
    return (double) confusionMatrix().correct() / size();
  }

  /**
   * Returns a confidence interval for the accuracy on more examples of this kind: Wilson's, at the
   * level of 95 %.
   */
  public ConfidenceInterval accuracyInterval() {
    return ConfidenceInterval.wilson(confusionMatrix().correct(), size());
  }

  /**
   * Returns the share of examples whose class is among the {@code k} most likely. If two classes
   * are equally likely, the later one counts as more likely, as in scikit-learn. So {@code
   * topKAccuracy(1)} and {@link #accuracy()} may differ, but only if there are ties.
   *
   * @param k from 1 to the number of classes
   */
  public double topKAccuracy(int k) {
    if (k < 1 || k > classNames.size()) {
      throw new IllegalArgumentException(
          "k must be from 1 to %d, the number of classes: %d".formatted(classNames.size(), k));
    }
    return (double) IntStream.range(0, size()).filter(i -> ahead(i) < k).count() / size();
  }

  /** Returns how many classes are more likely for example {@code i} than its own. */
  private int ahead(int i) {
    float own = probability(i, labels[i]);
    int ahead = 0;
    for (int c = 0; c < classNames.size(); c++) {
      float other = probability(i, c);
      if (other > own || (other == own && c > labels[i])) {
        ahead++;
      }
    }
    return ahead;
  }

  /**
   * Returns the mean of -log p, where p is the probability of an example's own class, but at least
   * 2<sup>-52</sup>. It is 0 at best; an example whose class has probability 0 contributes 36.04.
   * This is the softmax cross-entropy.
   */
  public double logLoss() {
    return PairwiseSum.mean(
        IntStream.range(0, size())
            .mapToDouble(i -> LogLoss.term(probability(i, labels[i])))
            .toArray());
  }

  /**
   * Returns the Brier score: the squared distances between the probabilities and the label (1 for
   * the example's class, otherwise 0), summed over the classes and averaged over the examples. It
   * is from 0 to 2, as defined by G. W. Brier, "Verification of forecasts expressed in terms of
   * probability", Mon. Weather Rev. 78, 1950. For two classes, scikit-learn halves it unless {@code
   * scale_by_half=False}.
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

  /** Returns how well the probability of each class separates its examples from the others. */
  public RocAuc rocAuc() {
    return RocAuc.of(this);
  }

  /** Returns how well the probabilities are calibrated, in 15 bins of equal width. */
  public Calibration calibration() {
    return calibration(CALIBRATION_BINS);
  }

  /**
   * Returns how well the probabilities are calibrated.
   *
   * @param bins number of bins of equal width, at least 1
   */
  public Calibration calibration(int bins) {
    return Calibration.of(this, bins);
  }

  /** Returns the table of the report, followed by the other metrics. */
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
