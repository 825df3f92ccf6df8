package io.github.convnet4j.task;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.loss.Loss;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * Predicting an image or any other array of numbers, for example the network's own input
 * (autoencoders, with {@code source.withInputsAsTargets()}) or a clean version of it. Targets have
 * the shape of the output.
 *
 * @param loss mean squared error by default; with sigmoid cross-entropy the network ends in logits,
 *     and targets are from 0 to 1
 */
public record Reconstruction(Loss loss) implements Task<float[]> {
  /** Checks the loss. */
  public Reconstruction {
    requireNonNull(loss, "loss");
    String segmentation = "to predict the class of each pixel, use segmentation";
    Classes.checkNumbers(loss, segmentation, segmentation);
  }

  /** Returns a copy with another loss. */
  public Reconstruction loss(Loss newLoss) {
    return new Reconstruction(newLoss);
  }

  @Override
  public Class<float[]> predictionType() {
    return float[].class;
  }

  @Override
  public void checkTarget(float[] targets, int from, Shape output) {
    Classes.checkTargets(loss, targets, from, output.size());
  }

  /**
   * Moves images with the inputs, but keeps their colors: a network whose inputs get noise learns
   * to remove it.
   */
  @Override
  public Optional<TargetMovement> targetMovement(Shape output) {
    return output.numDimensions() == 3 ? Optional.of(TargetMovement.IMAGE) : Optional.empty();
  }

  /** Returns the values, in the shape of the output, row by row. */
  @Override
  public float[] prediction(float[] values, Shape output) {
    return values;
  }

  @Override
  public List<Metric> metrics(Shape output) {
    return List.of(Metrics.meanAbsoluteError());
  }
}
