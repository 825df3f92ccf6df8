package io.github.convnet4j.augment;

import org.tensorflow.ndarray.Shape;

/**
 * A random change to an image that moves its pixels ({@link Geometric}), changes their values
 * ({@link Pixelwise}), mixes it with another image ({@link Mix}), or is one of several changes
 * ({@link Choice}). {@link Transforms} has the built-in ones. To add another, implement one of the
 * four interfaces, preferably as a record.
 *
 * <p>Implementations are immutable and thread-safe, and use no randomness other than the given
 * generator.
 */
public sealed interface Transform permits Geometric, Pixelwise, Mix, Choice {
  /**
   * Checks that this can be applied to images of a shape. Training calls it before the first step.
   *
   * @param image {@code [height, width, channels]}
   * @throws IllegalArgumentException if it cannot; the message says what it needs
   */
  default void check(Shape image) {}
}
