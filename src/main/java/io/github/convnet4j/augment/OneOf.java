package io.github.convnet4j.augment;

import java.util.List;
import java.util.random.RandomGenerator;

/** See {@link Transforms#oneOf}. */
record OneOf(List<Transform> options) implements Choice {
  OneOf {
    options = List.copyOf(options);
    if (options.isEmpty()) {
      throw new IllegalArgumentException("options must be at least one transform: []");
    }
  }

  @Override
  public List<Transform> draw(RandomGenerator random) {
    return List.of(options.get(random.nextInt(options.size())));
  }
}
