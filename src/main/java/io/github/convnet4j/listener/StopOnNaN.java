package io.github.convnet4j.listener;

import io.github.convnet4j.classifier.BatchResult;
import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.NotFiniteException;
import io.github.convnet4j.classifier.Training;
import io.github.convnet4j.classifier.TrainingListener;
import io.github.convnet4j.layer.Parameter;
import java.util.Optional;

/**
 * Ends training by a {@link NotFiniteException} as soon as it has gone astray. The classifier stays
 * as it is then: of no use, but to be looked at. Put it before listeners that save.
 *
 * <p>When the cost is NaN, that step's gradients mostly are, too, and after it the weights of all
 * layers: then the layer that is named is only the first of many. {@link #onCostOrWeights} sees the
 * layer that went first.
 */
public final class StopOnNaN implements TrainingListener {
  private final boolean weightsToo;

  private StopOnNaN(boolean weightsToo) {
    this.weightsToo = weightsToo;
  }

  /** Looks at the cost of each batch, which takes no time. */
  public static StopOnNaN onCost() {
    return new StopOnNaN(false);
  }

  /** Looks at all weights after each step besides, which takes as long as copying them. */
  public static StopOnNaN onCostOrWeights() {
    return new StopOnNaN(true);
  }

  @Override
  public void batchEnd(Training training, BatchResult result) {
    boolean finite = Double.isFinite(result.cost());
    if (finite && !weightsToo) {
      return;
    }
    Optional<String> variable = firstNotFinite(training.classifier());
    if (!finite || variable.isPresent()) {
      throw NotFiniteException.inBatch(result.epoch(), result.batch(), result.cost(), variable);
    }
  }

  private static Optional<String> firstNotFinite(Classifier classifier) {
    return classifier.network().parameters().stream()
        .map(Parameter::name)
        .filter(name -> !allFinite(classifier.weights(name)))
        .findFirst();
  }

  private static boolean allFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
