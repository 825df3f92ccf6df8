package io.github.convnet4j.task;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.loss.Loss;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * Telling which of several labels an example has, any number of them. Each is predicted
 * independently, as in logistic regression. The network ends in logits {@code [labels]}, without a
 * sigmoid layer; a target is 1 for a label that the example has and 0 for one that it has not, or a
 * probability in between.
 *
 * @param labelNames one distinct name for each label; empty for "0", "1", …
 * @param loss sigmoid cross-entropy by default; its predictions are the probabilities
 */
public record MultiLabel(List<String> labelNames, Loss loss) implements Task<LabelPrediction> {
  /** Checks the names. */
  public MultiLabel {
    labelNames = Classes.checked(labelNames);
    requireNonNull(loss, "loss");
    Classes.checkProbabilities(loss, "sigmoidCrossEntropy()");
    if (loss.targets() == Loss.Targets.CLASSES) {
      throw new IllegalArgumentException(
          "loss must be one for labels, such as sigmoidCrossEntropy(), since an example may have"
              + " several labels, not "
              + loss);
    }
  }

  /** Returns a copy with another loss. */
  public MultiLabel loss(Loss newLoss) {
    return new MultiLabel(labelNames, newLoss);
  }

  @Override
  public Class<LabelPrediction> predictionType() {
    return LabelPrediction.class;
  }

  @Override
  public Shape targetShape(Shape output) {
    Classes.check(output, 1, "[labels]", "end it with dense(labels)");
    if (!labelNames.isEmpty() && labelNames.size() != output.get(0)) {
      throw new IllegalArgumentException(
          "labelNames must have one name for each of the network's %d outputs: it has %d"
              .formatted(output.get(0), labelNames.size()));
    }
    return output;
  }

  @Override
  public void checkTarget(float[] targets, int from, Shape output) {
    Classes.checkProbabilities(targets, from, output.get(0));
  }

  /** Mixed targets are probabilities. */
  @Override
  public boolean mixesTargets() {
    return true;
  }

  @Override
  public LabelPrediction prediction(float[] values, Shape output) {
    return new LabelPrediction(labelNames(output), values);
  }

  /** Returns a name for each label. */
  public List<String> labelNames(Shape output) {
    return Classes.names(labelNames, output.get(0));
  }

  @Override
  public List<Metric> metrics(Shape output) {
    return List.of(Metrics.labelAccuracy());
  }
}
