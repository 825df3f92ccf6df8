package io.github.convnet4j.classifier;

import io.github.convnet4j.evaluate.Evaluation;
import java.util.Locale;
import java.util.Optional;

/**
 * One epoch of training, done.
 *
 * @param epoch from 1, counted over all of the classifier's training
 * @param cost the mean over the images of their batches' costs, each before its step
 * @param accuracy the share of images told rightly while training, each before its batch's step and
 *     with dropout on: in general below what an evaluation would give
 * @param validation what the validation images gave after the epoch, if there are any
 */
public record EpochResult(
    int epoch, double cost, double accuracy, Optional<Evaluation> validation) {
  /** In one line, for a log. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "epoch %d: cost %.9f, accuracy %.4f", epoch, cost, accuracy)
        + validation.map(result -> "; validation: " + result).orElse("");
  }
}
