package io.github.convnet4j.listener;

import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.NotFiniteException;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.util.Optional;

/**
 * Ends training with a {@link NotFiniteException} as soon as it has diverged. The model stays as it
 * is at that moment, so that it can be examined. Put this listener before listeners that save.
 *
 * <p>If the cost is NaN, usually the gradients of that step are too, and then the weights of all
 * layers, so the named layer is only the first of many. {@link #onCostOrWeights} finds the layer
 * that diverged first.
 */
public final class StopOnNaN implements TrainingListener {
  private final boolean weightsToo;

  private StopOnNaN(boolean weightsToo) {
    this.weightsToo = weightsToo;
  }

  /** Checks the cost of each batch, which takes no time. */
  public static StopOnNaN onCost() {
    return new StopOnNaN(false);
  }

  /** Also checks all weights after each step, which takes as long as copying them. */
  public static StopOnNaN onCostOrWeights() {
    return new StopOnNaN(true);
  }

  @Override
  public void batchEnd(Training training, BatchResult result) {
    boolean finite = Double.isFinite(result.cost());
    if (finite && !weightsToo) {
      return;
    }
    Optional<String> variable = firstNotFinite(training.model());
    if (!finite || variable.isPresent()) {
      throw NotFiniteException.inBatch(result.epoch(), result.batch(), result.cost(), variable);
    }
  }

  private static Optional<String> firstNotFinite(Model<?> model) {
    return model.weightNames().stream().filter(name -> !allFinite(model.weights(name))).findFirst();
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
