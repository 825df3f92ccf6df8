package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.List;
import java.util.random.RandomGenerator;

/** See {@link Transforms#sometimes}. */
record Sometimes(double probability, List<Transform> options) implements Choice {
  Sometimes {
    Require.between("probability", probability, 0, 1);
    options = List.copyOf(options);
  }

  @Override
  public List<Transform> draw(RandomGenerator random) {
    return random.nextDouble() < probability ? options : List.of();
  }
}
