package io.github.convnet4j.train;

import java.util.Optional;

/**
 * Thrown when training has diverged: the cost, a weight, a moving statistic or a value of the
 * optimizer's state is NaN or infinite. A network in such a state cannot be saved.
 */
public final class NotFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Empty if there is none: an Optional is not serializable. */
  private final String variable;

  private NotFiniteException(String message, String variable) {
    super(message);
    this.variable = variable;
  }

  /**
   * Returns the exception for a batch after which the cost or a weight is not finite.
   *
   * @param epoch number of the epoch, from 1
   * @param batch number of the batch in the epoch, from 1
   * @param cost cost of the batch before the update
   * @param variable the first variable whose values are not all finite after the update, if any
   */
  public static NotFiniteException inBatch(
      int epoch, int batch, double cost, Optional<String> variable) {
    return new NotFiniteException(
        "training diverged in epoch %d, batch %d: the cost before the update is %s; %s"
            .formatted(
                epoch,
                batch,
                cost,
                variable
                    .flatMap(NotFiniteException::layerOf)
                    .map(name -> "the first layer with weights that are not finite is " + name)
                    .orElse("all weights are finite: check the images and the learning rate")),
        variable.orElse(""));
  }

  /** Returns the exception for a network that was not saved or exported. */
  static NotFiniteException notWritten(String variable, long steps) {
    return new NotFiniteException(
        ("nothing was written: after %d steps the values of %s are not all finite; use a lower"
                + " learning rate, or clip the gradients")
            .formatted(steps, variable),
        variable);
  }

  /**
   * Returns the first variable whose values are not all finite, if any, for example {@code
   * conv2d/kernel}.
   */
  public Optional<String> variable() {
    return Optional.of(variable).filter(name -> !name.isEmpty());
  }

  /** Returns the layer of that variable; empty if the variable is the optimizer's. */
  public Optional<String> layer() {
    return variable().flatMap(NotFiniteException::layerOf);
  }

  private static Optional<String> layerOf(String variable) {
    return variable.contains(":")
        ? Optional.empty()
        : Optional.of(variable.substring(0, Math.max(0, variable.lastIndexOf('/'))));
  }
}
