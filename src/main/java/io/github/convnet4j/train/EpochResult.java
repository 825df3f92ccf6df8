package io.github.convnet4j.train;

import io.github.convnet4j.evaluate.Evaluation;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of one epoch of training.
 *
 * @param epoch number of the epoch, from 1, including those of earlier calls
 * @param cost mean of the batches' costs, weighted by their sizes; each is computed before its
 *     update
 * @param accuracy share of the training images that were correctly classified during the epoch,
 *     before each update and with dropout active; usually lower than in an evaluation after the
 *     epoch
 * @param validation evaluation of the validation images after the epoch, if there are any
 */
public record EpochResult(
    int epoch, double cost, double accuracy, Optional<Evaluation> validation) {
  /** Returns one line for a log. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "epoch %d: cost %.9f, accuracy %.4f", epoch, cost, accuracy)
        + validation.map(result -> "; validation: " + result).orElse("");
  }
}
