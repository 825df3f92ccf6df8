package io.github.convnet4j.inspect;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.LabelledPredictions;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A model's predictions for labeled images. Immutable.
 *
 * <p>It keeps the probabilities of each image, {@code 4 * classes} bytes, but not the images.
 */
public final class TestResult {
  /** Number of images that are predicted at once. */
  private static final int CHUNK = 500;

  /** The most certain mistake first, NaN last, and ties in the order of the images. */
  private static final Comparator<Mistake> WORST_FIRST =
      Comparator.comparingDouble(
              (Mistake mistake) -> Float.isNaN(mistake.probability()) ? 0 : -mistake.probability())
          .thenComparingInt(Mistake::index);

  private final List<String> classNames;
  private final int[] labels;
  private final int[] predictions;
  private final float[] probabilities;
  private final List<Mistake> worst;

  private TestResult(
      List<String> classNames,
      int[] labels,
      int[] predictions,
      float[] probabilities,
      List<Mistake> worst) {
    this.classNames = classNames;
    this.labels = labels;
    this.predictions = predictions;
    this.probabilities = probabilities;
    this.worst = worst;
  }

  /**
   * Predicts all images.
   *
   * @param mistakes the number of worst mistakes to keep, at least 0
   */
  public static TestResult of(Model<Prediction> model, DataSet images, int mistakes) {
    return of(model, new Sample(images, images.size()), mistakes);
  }

  /**
   * Predicts the images of a sample.
   *
   * @param mistakes the number of worst mistakes to keep, at least 0
   */
  public static TestResult of(Model<Prediction> model, Sample sample, int mistakes) {
    if (mistakes < 0) {
      throw new IllegalArgumentException("mistakes must be at least 0: " + mistakes);
    }
    int classes = model.classNames().size();
    int[] labels = new int[sample.size()];
    int[] predictions = new int[sample.size()];
    float[] probabilities = new float[Math.multiplyExact(sample.size(), classes)];
    // The least certain of the kept mistakes is at the head.
    PriorityQueue<Mistake> worst = new PriorityQueue<>(WORST_FIRST.reversed());
    for (int from = 0; from < sample.size(); from += CHUNK) {
      DataSet part = sample.part(from, Math.min(from + CHUNK, sample.size()));
      List<Prediction> some = model.predict(part);
      for (int i = 0; i < some.size(); i++) {
        Prediction prediction = some.get(i);
        int at = from + i;
        float[] row = prediction.probabilities();
        System.arraycopy(row, 0, probabilities, at * classes, classes);
        labels[at] = part.label(i);
        predictions[at] = prediction.classIndex();
        if (labels[at] != predictions[at]) {
          worst.add(
              new Mistake(
                  sample.index(at),
                  labels[at],
                  predictions[at],
                  prediction.probability(),
                  row[labels[at]]));
          if (worst.size() > mistakes) {
            worst.remove();
          }
        }
      }
    }
    List<Mistake> sorted = new ArrayList<>(worst);
    sorted.sort(WORST_FIRST);
    return new TestResult(
        model.classNames(), labels, predictions, probabilities, List.copyOf(sorted));
  }

  /** Returns how often the images of each class were predicted as each class. */
  public ConfusionMatrix confusionMatrix() {
    return ConfusionMatrix.of(classNames, labels, predictions);
  }

  /** Returns the mistakes that the model was most certain of, the worst first. */
  public List<Mistake> worstMistakes() {
    return worst;
  }

  /**
   * Returns the predictions with all their metrics.
   *
   * @throws IllegalArgumentException if the probabilities of an image do not sum to 1, as with
   *     independent sigmoids, or are NaN, as when training diverged
   */
  public LabelledPredictions labelledPredictions() {
    return LabelledPredictions.of(classNames, labels, probabilities);
  }
}
