package io.github.convnet4j.listener;

import java.util.Optional;

/** Training has gone astray: its cost, or a weight, is no finite number. See {@link StopOnNaN}. */
public final class NotFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int epoch;
  private final int batch;
  private final double cost;

  /** Empty if there is none: an Optional would not be serializable. */
  private final String layer;

  NotFiniteException(int epoch, int batch, double cost, Optional<String> layer) {
    super(
        "training has gone astray in epoch %d, batch %d: the cost before the step is %s; %s"
            .formatted(
                epoch,
                batch,
                cost,
                layer
                    .map(name -> "the first layer with weights that are not finite is " + name)
                    .orElse("all weights are finite: look at the images and the learning rate")));
    this.epoch = epoch;
    this.batch = batch;
    this.cost = cost;
    this.layer = layer.orElse("");
  }

  /** The epoch, from 1. */
  public int epoch() {
    return epoch;
  }

  /** The batch in it, from 1. */
  public int batch() {
    return batch;
  }

  /** The batch's cost, before its step. */
  public double cost() {
    return cost;
  }

  /** The first layer in the network's order whose weights are not finite after the step, if any. */
  public Optional<String> layer() {
    return Optional.of(layer).filter(name -> !name.isEmpty());
  }
}
