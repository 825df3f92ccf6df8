package io.github.convnet4j.task;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.loss.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Telling which one of several classes an example belongs to. The network ends in logits {@code
 * [classes]}, without a softmax layer; targets are one-hot.
 *
 * @param classNames one distinct name for each class; empty for "0", "1", …
 * @param loss softmax cross-entropy by default; its predictions are the probabilities
 */
public record Classification(List<String> classNames, Loss loss) implements Task<Prediction> {
  /** For rounding errors of probabilities. */
  private static final double SUM_TOLERANCE = 1e-3;

  /** Checks the names and the loss. */
  public Classification {
    classNames = Classes.checked(classNames);
    requireNonNull(loss, "loss");
    Classes.checkProbabilities(loss, "softmaxCrossEntropy() or sigmoidCrossEntropy()");
  }

  /** Returns a copy with another loss, for example one with label smoothing. */
  public Classification loss(Loss newLoss) {
    return new Classification(classNames, newLoss);
  }

  @Override
  public Class<Prediction> predictionType() {
    return Prediction.class;
  }

  @Override
  public Shape targetShape(Shape output) {
    Classes.check(output, 1, "[classes]", "end it with dense(classes)");
    if (output.get(0) < 2) {
      throw new IllegalArgumentException(
          "network must have at least two outputs, one for each class (a yes-or-no question has two classes): it has %s"
              .formatted(output));
    }
    Classes.checkNames(classNames, output.get(0));
    return output;
  }

  @Override
  public void checkTarget(float[] targets, int from, Shape output) {
    Classes.checkProbabilities(targets, from, output.get(0));
    float sum = 0;
    for (int c = 0; c < output.get(0); c++) {
      sum += targets[from + c];
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException(
          "the targets must sum to 1, since an example has one class (if it may have several, use"
              + " multiLabel): they sum to "
              + sum);
    }
  }

  /** Mixed targets are probabilities. */
  @Override
  public boolean mixesTargets() {
    return true;
  }

  @Override
  public Prediction prediction(float[] values, Shape output) {
    return new Prediction(classNames(output), values);
  }

  @Override
  public List<String> classNames(Shape output) {
    return Classes.names(classNames, output.get(0));
  }

  @Override
  public List<Metric> metrics(Shape output) {
    return List.of(Metrics.accuracy());
  }

  /** Adds {@code probabilities}, {@code [batch, classes]}, and {@code classes}, {@code [batch]}. */
  @Override
  public Map<String, Operand<?>> exported(Ops tf, Operand<TFloat32> output) {
    Map<String, Operand<?>> exported = new LinkedHashMap<>();
    exported.put(
        "probabilities", tf.withName("probabilities").identity(loss.predictions(tf, output)));
    exported.put("classes", tf.withName("classes").math.argMax(output, tf.constant(1)));
    return exported;
  }
}
