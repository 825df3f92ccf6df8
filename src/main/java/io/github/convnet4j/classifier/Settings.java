package io.github.convnet4j.classifier;

import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.loss.Loss;
import java.util.Set;

/** The options that classifiers and regressors have in common. */
interface Settings {
  /** Returns the seed of everything random. */
  long seed();

  /** Returns the loss that training minimizes. */
  Loss loss();

  /** Returns how pixels are normalized. */
  Normalization normalization();

  /** Returns which optimizations of the graph are allowed. */
  Set<Rewrite> rewrites();
}
