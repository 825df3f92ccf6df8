package io.github.convnet4j.layer;

/** Whether a network is applied for training or for inference. */
public enum Mode {
  /**
   * Dropout is active; batch normalization uses the batch's statistics and updates its moving ones.
   */
  TRAINING,
  /** There is no dropout; batch normalization uses its moving statistics. */
  INFERENCE
}
