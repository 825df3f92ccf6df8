package io.github.convnet4j.layer;

/** What a network is applied for. */
public enum Mode {
  /** Dropout drops, batch norm normalises by the batch and moves its statistics. */
  TRAINING,
  /** Dropout is not there at all, batch norm normalises by its moving statistics. */
  INFERENCE
}
