package io.github.convnet4j.inspect;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.LabelledPredictions;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * A classifier's predictions for labeled examples, from a single evaluation. Immutable.
 *
 * <p>It keeps the probabilities of each example, {@code 4 * classes} bytes, but not its input.
 */
public final class TestResult {
  /** The most certain mistake first, NaN last, and ties in the order of the examples. */
  private static final Comparator<Mistake> WORST_FIRST =
      Comparator.comparingDouble(
              (Mistake mistake) -> Float.isNaN(mistake.probability()) ? 0 : -mistake.probability())
          .thenComparingInt(Mistake::index);

  private final Sample sample;
  private final List<String> classNames;
  private final int[] labels;
  private final int[] predictions;
  private final float[] probabilities; // [examples, classes]
  private final Scores scores;
  private final List<Mistake> worst;

  private TestResult(Model<Prediction> model, Sample sample, int mistakes) {
    this.sample = sample;
    this.classNames = model.classNames();
    this.labels = new int[sample.size()];
    this.predictions = new int[sample.size()];
    this.probabilities = new float[Math.multiplyExact(sample.size(), classNames.size())];
    Worst<Mistake> found = new Worst<>(mistakes, WORST_FIRST);
    this.scores =
        model.evaluate(
            sample.examples(),
            (at, prediction, targets) -> {
              float[] row = prediction.probabilities();
              System.arraycopy(row, 0, probabilities, at * row.length, row.length);
              labels[at] = classOf(targets.get(0), 0, row.length);
              predictions[at] = prediction.classIndex();
              if (labels[at] != predictions[at]) {
                found.add(mistake(at));
              }
            });
    this.worst = found.sorted();
  }

  /** Returns the class of one-hot targets, {@code n} values that start at {@code from}. */
  static int classOf(float[] targets, int from, int n) {
    int largest = 0;
    for (int i = 1; i < n; i++) {
      largest = targets[from + i] > targets[from + largest] ? i : largest;
    }
    return largest;
  }

  private Mistake mistake(int at) {
    return new Mistake(
        sample.index(at),
        labels[at],
        predictions[at],
        probability(at, predictions[at]),
        probability(at, labels[at]));
  }

  /**
   * Evaluates a model on all examples.
   *
   * @param mistakes the number of worst mistakes to keep, at least 0
   */
  public static TestResult of(Model<Prediction> model, Source examples, int mistakes) {
    return of(model, Sample.ofAll(examples), mistakes);
  }

  /**
   * Evaluates a model on the examples of a sample.
   *
   * @param mistakes the number of worst mistakes to keep, at least 0
   */
  public static TestResult of(Model<Prediction> model, Sample sample, int mistakes) {
    return new TestResult(model, sample, mistakes);
  }

  /** Returns the examples that the model was evaluated on. */
  public Sample sample() {
    return sample;
  }

  /** Returns the loss and the metrics. */
  public Scores scores() {
    return scores;
  }

  /** Returns the class of an example, by its position in the sample. */
  public int label(int position) {
    return labels[position];
  }

  /**
   * Returns the class of an example, whether it is in the sample or not.
   *
   * @param index its index in the source
   */
  public int labelOf(int index) {
    OptionalInt position = sample.position(index);
    if (position.isPresent()) {
      return labels[position.getAsInt()];
    }
    float[] target = sample.source().read(index).target();
    return classOf(target, 0, target.length);
  }

  /** Returns the predicted class of an example, by its position in the sample. */
  public int prediction(int position) {
    return predictions[position];
  }

  /** Returns the predicted probability of a class, by the example's position in the sample. */
  public float probability(int position, int classIndex) {
    return probabilities[position * classNames.size() + classIndex];
  }

  /** Returns how often the examples of each class were predicted as each class. */
  public ConfusionMatrix confusionMatrix() {
    return scores.confusionMatrix().orElseThrow();
  }

  /** Returns the mistakes that the model was most certain of, the worst first. */
  public List<Mistake> worstMistakes() {
    return worst;
  }

  /**
   * Returns the predictions with all their metrics.
   *
   * @throws IllegalArgumentException if the probabilities of an example do not sum to 1, as with
   *     independent sigmoids, or are NaN, as when training diverged
   */
  public LabelledPredictions labelledPredictions() {
    return LabelledPredictions.of(classNames, labels, probabilities);
  }
}
