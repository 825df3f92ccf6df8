package io.github.convnet4j.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.Shape;

/** Chooses other transforms at random for each image. */
public non-sealed interface Choice extends Transform {
  /** Returns all transforms that may be chosen. */
  List<Transform> options();

  /**
   * Chooses transforms for one image.
   *
   * @param random the only source of randomness
   * @return some of the {@link #options}, or none
   */
  List<Transform> draw(RandomGenerator random);

  /** Checks all options. */
  @Override
  default void check(Shape image) {
    options().forEach(option -> option.check(image));
  }
}
