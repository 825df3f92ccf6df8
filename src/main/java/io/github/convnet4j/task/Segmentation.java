package io.github.convnet4j.task;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.loss.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Telling the class of each pixel. The network ends in logits {@code [height, width, classes]}; a
 * target is a mask {@code [height, width]} of class numbers.
 *
 * @param classNames one distinct name for each class; empty for "0", "1", …
 * @param loss softmax cross-entropy by default, the mean over the labeled pixels; its predictions
 *     are the probabilities
 * @param unlabeled a class number for pixels that have no label, for example 255; they count in
 *     neither loss nor metrics. -1 if every pixel has a label
 */
public record Segmentation(List<String> classNames, Loss loss, int unlabeled)
    implements Task<SegmentedImage> {
  /** Checks the names. */
  public Segmentation {
    classNames = Classes.checked(classNames);
    requireNonNull(loss, "loss");
    Classes.checkProbabilities(loss, "softmaxCrossEntropy() or dice()");
    Require.atLeast("unlabeled", unlabeled, -1);
    boolean ofLabels =
        loss.targets() == Loss.Targets.LABELS || loss.targets() == Loss.Targets.SHARES;
    if (unlabeled >= 0 && ofLabels) {
      throw new IllegalArgumentException(
          "loss must be one for classes, such as softmaxCrossEntropy(), since pixels of value %d"
                  .formatted(unlabeled)
              + " have no label (others count them as belonging to no class), not "
              + loss);
    }
  }

  /** Returns a copy with another loss. */
  public Segmentation loss(Loss newLoss) {
    return new Segmentation(classNames, newLoss, unlabeled);
  }

  /** Returns a copy in which pixels with this number have no label. */
  public Segmentation unlabeled(int classNumber) {
    return new Segmentation(classNames, loss, classNumber);
  }

  @Override
  public Class<SegmentedImage> predictionType() {
    return SegmentedImage.class;
  }

  @Override
  public Shape targetShape(Shape output) {
    Classes.check(output, 3, "[height, width, classes]", "end it with conv2d(classes, 1)");
    if (output.get(2) < 2) {
      throw new IllegalArgumentException(
          "network must have at least two classes for each pixel (background and one other): its"
              + " output is "
              + output);
    }
    Classes.checkNames(classNames, output.get(2));
    if (unlabeled >= 0 && unlabeled < output.get(2)) {
      throw new IllegalArgumentException(
          "unlabeled must not be the number of a class, from 0 to %d: %d"
              .formatted(output.get(2) - 1, unlabeled));
    }
    return output.take(2);
  }

  /** Adds the one-hot form of the masks, all zeros for pixels without a label. */
  @Override
  public Operand<TFloat32> lossTargets(Ops tf, Operand<TFloat32> targets, Shape output) {
    Operand<TInt32> classes = tf.dtypes.cast(targets, TInt32.class);
    return tf.oneHot(
        classes, tf.constant(Math.toIntExact(output.get(2))), tf.constant(1f), tf.constant(0f));
  }

  @Override
  public void checkTarget(float[] targets, int from, Shape output) {
    long width = output.get(1);
    long classes = output.get(2);
    for (int i = 0; i < output.get(0) * width; i++) {
      float value = targets[from + i];
      boolean known = value >= 0 && value < classes && value == (int) value;
      if (!known && !(unlabeled >= 0 && value == unlabeled)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the mask must hold class numbers from 0 to %d (for pixels without a label, set"
                    + " unlabeled): row %d, column %d is %s",
                classes - 1,
                i / width,
                i % width,
                value == (int) value ? String.valueOf((int) value) : String.valueOf(value)));
      }
    }
  }

  /** Moves masks with their images; pixels from outside are unlabeled, or of class 0. */
  @Override
  public Optional<TargetMovement> targetMovement(Shape output) {
    return Optional.of(TargetMovement.mask(Math.max(unlabeled, 0)));
  }

  @Override
  public SegmentedImage prediction(float[] values, Shape output) {
    return SegmentedImage.of(
        classNames(output), Math.toIntExact(output.get(0)), Math.toIntExact(output.get(1)), values);
  }

  @Override
  public List<String> classNames(Shape output) {
    return Classes.names(classNames, output.get(2));
  }

  @Override
  public List<Metric> metrics(Shape output) {
    return List.of(Metrics.accuracy(), Metrics.meanIou());
  }

  /**
   * Adds {@code probabilities}, {@code [batch, height, width, classes]}, and {@code classes},
   * {@code [batch, height, width]}.
   */
  @Override
  public Map<String, Operand<?>> exported(Ops tf, Operand<TFloat32> output) {
    Map<String, Operand<?>> exported = new LinkedHashMap<>();
    exported.put(
        "probabilities", tf.withName("probabilities").identity(loss.predictions(tf, output)));
    exported.put("classes", tf.withName("classes").math.argMax(output, tf.constant(3)));
    return exported;
  }
}
