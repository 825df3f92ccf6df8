package io.github.convnet4j.spark;

import java.util.Locale;
import java.util.Optional;

/**
 * What an epoch of distributed training gave.
 *
 * @param epoch number of the epoch, from 1
 * @param cost mean cost of its steps, in all shards
 * @param validation the result of the validation examples; empty without any
 * @param seconds how long the epoch took
 */
public record TrainedEpoch(
    int epoch, double cost, Optional<Validation> validation, double seconds) {
  /**
   * The result of the validation examples.
   *
   * @param loss mean loss
   * @param accuracy share that is classified correctly, from 0 to 1
   */
  public record Validation(double loss, double accuracy) {}

  /** Returns a line for people to read. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "epoch %d: cost %.4f%s, %.1f s",
        epoch,
        cost,
        validation
            .map(
                found ->
                    String.format(
                        Locale.ROOT,
                        ", validation loss %.4f, validation accuracy %.4f",
                        found.loss,
                        found.accuracy))
            .orElse(""),
        seconds);
  }
}
