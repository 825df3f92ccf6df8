package io.github.convnet4j.inspect;

import io.github.convnet4j.evaluate.MultiLabelReport;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.train.Model;
import java.util.Comparator;
import java.util.List;

/**
 * A model's predictions for examples with any number of labels, from a single evaluation.
 * Immutable.
 *
 * <p>It keeps the probabilities of each example, {@code 4 * labels} bytes, but not its input.
 */
public final class MultiLabelResult {
  private static final float THRESHOLD = 0.5f;

  /** The most certain mistake first, NaN last, and ties in the order of examples and labels. */
  private static final Comparator<LabelMistake> WORST_FIRST =
      Comparator.comparingDouble((LabelMistake mistake) -> -mistake.certainty())
          .thenComparingInt(LabelMistake::index)
          .thenComparingInt(LabelMistake::label);

  private final Sample sample;
  private final Scores scores;
  private final MultiLabelReport report;
  private final List<LabelMistake> worst;

  /**
   * A label that was predicted but that the example does not have, or the other way round.
   *
   * @param index the example's index in its source
   * @param label the number of the label, from 0
   * @param hasLabel whether the example has the label
   * @param probability the predicted probability that it has the label, from 0 to 1
   */
  public record LabelMistake(int index, int label, boolean hasLabel, float probability) {
    /** Returns how certain the wrong prediction was, from 0.5 to 1; 0 if it is not a number. */
    public float certainty() {
      if (Float.isNaN(probability)) {
        return 0;
      }
      return hasLabel ? 1 - probability : probability;
    }
  }

  private MultiLabelResult(
      Model<LabelPrediction> model, List<String> labelNames, Sample sample, int mistakes) {
    int n = labelNames.size();
    float[] targets = new float[Math.multiplyExact(sample.size(), n)];
    float[] probabilities = new float[targets.length];
    Worst<LabelMistake> found = new Worst<>(mistakes, WORST_FIRST);
    this.sample = sample;
    this.scores =
        model.evaluate(
            sample.examples(),
            (at, prediction, target) -> {
              System.arraycopy(target.get(0), 0, targets, at * n, n);
              System.arraycopy(prediction.probabilities(), 0, probabilities, at * n, n);
              for (int label = 0; label < n; label++) {
                boolean hasLabel = target.get(0)[label] >= THRESHOLD;
                float probability = probabilities[at * n + label];
                if (Float.isNaN(probability) || (probability >= THRESHOLD) != hasLabel) {
                  found.add(new LabelMistake(sample.index(at), label, hasLabel, probability));
                }
              }
            });
    this.report = MultiLabelReport.of(labelNames, targets, probabilities);
    this.worst = found.sorted();
  }

  /**
   * Evaluates a model on the examples of a sample.
   *
   * @param labelNames one for each label
   * @param mistakes the number of worst mistakes to keep, at least 0
   * @throws IllegalArgumentException if a target is neither 0 nor 1
   */
  public static MultiLabelResult of(
      Model<LabelPrediction> model, List<String> labelNames, Sample sample, int mistakes) {
    return new MultiLabelResult(model, labelNames, sample, mistakes);
  }

  /** Returns the examples that the model was evaluated on. */
  public Sample sample() {
    return sample;
  }

  /** Returns the loss and the metrics. */
  public Scores scores() {
    return scores;
  }

  /** Returns precision, recall, F1 and accuracy of each label. */
  public MultiLabelReport report() {
    return report;
  }

  /** Returns the mistakes that the model was most certain of, the worst first. */
  public List<LabelMistake> worstMistakes() {
    return worst;
  }
}
