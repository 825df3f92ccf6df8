package io.github.convnet4j.task;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.loss.Loss;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * Predicting one or more numbers for each example. The network ends in {@code [targets]}.
 *
 * @param targetNames one distinct name for each number, for reports; empty for "0", "1", …
 * @param loss mean squared error by default; with sigmoid cross-entropy the network ends in logits
 *     and targets are from 0 to 1, with the Poisson loss it ends in logarithms and targets are at
 *     least 0
 */
public record Regression(List<String> targetNames, Loss loss) implements Task<float[]> {
  /** Checks the loss. */
  public Regression {
    targetNames = Classes.checked(targetNames);
    requireNonNull(loss, "loss");
    Classes.checkNumbers(
        loss,
        "to predict one of several classes, use classification",
        "to predict any number of labels, use multiLabel");
  }

  /** Returns a copy with another loss. */
  public Regression loss(Loss newLoss) {
    return new Regression(targetNames, newLoss);
  }

  @Override
  public Class<float[]> predictionType() {
    return float[].class;
  }

  @Override
  public Shape targetShape(Shape output) {
    Classes.check(output, 1, "[targets]", "end it with dense(targets)");
    if (!targetNames.isEmpty() && targetNames.size() != output.get(0)) {
      throw new IllegalArgumentException(
          "targetNames must have one name for each of the network's %d outputs: it has %d"
              .formatted(output.get(0), targetNames.size()));
    }
    return output;
  }

  @Override
  public void checkTarget(float[] targets, int from, Shape output) {
    Classes.checkTargets(loss, targets, from, output.size());
  }

  /** Returns a name for each number. */
  public List<String> targetNames(Shape output) {
    return Classes.names(targetNames, output.get(0));
  }

  /** Returns the numbers, {@code [targets]}. */
  @Override
  public float[] prediction(float[] values, Shape output) {
    return values;
  }

  @Override
  public List<Metric> metrics(Shape output) {
    return List.of(Metrics.meanAbsoluteError());
  }
}
