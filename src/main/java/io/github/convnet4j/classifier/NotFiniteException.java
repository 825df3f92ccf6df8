package io.github.convnet4j.classifier;

import java.util.Optional;

/**
 * Training has gone astray: its cost, a weight, a moving statistic or a number of the optimizer's
 * is NaN or infinite. A network in such a state is not saved.
 */
public final class NotFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Empty if there is none: an Optional would not be serializable. */
  private final String variable;

  private NotFiniteException(String message, String variable) {
    super(message);
    this.variable = variable;
  }

  /**
   * Noticed after a step.
   *
   * @param epoch from 1
   * @param batch in it, from 1
   * @param cost the batch's, before its step
   * @param variable the first whose values are not all finite after the step, if any
   */
  public static NotFiniteException inBatch(
      int epoch, int batch, double cost, Optional<String> variable) {
    return new NotFiniteException(
        "training has gone astray in epoch %d, batch %d: the cost before the step is %s; %s"
            .formatted(
                epoch,
                batch,
                cost,
                variable
                    .flatMap(NotFiniteException::layerOf)
                    .map(name -> "the first layer with weights that are not finite is " + name)
                    .orElse("all weights are finite: look at the images and the learning rate")),
        variable.orElse(""));
  }

  /** Noticed before the network was written anywhere. */
  static NotFiniteException notWritten(String variable, long steps) {
    return new NotFiniteException(
        ("nothing was written: after %d steps the values of %s are not all finite; train with a"
                + " lower learning rate, or clip the gradients")
            .formatted(steps, variable),
        variable);
  }

  /** The first variable whose values are not all finite, if any: {@code conv2d/kernel}, say. */
  public Optional<String> variable() {
    return Optional.of(variable).filter(name -> !name.isEmpty());
  }

  /** The layer of that variable; empty if it is the optimizer's. */
  public Optional<String> layer() {
    return variable().flatMap(NotFiniteException::layerOf);
  }

  private static Optional<String> layerOf(String variable) {
    return variable.contains(":")
        ? Optional.empty()
        : Optional.of(variable.substring(0, Math.max(0, variable.lastIndexOf('/'))));
  }
}
