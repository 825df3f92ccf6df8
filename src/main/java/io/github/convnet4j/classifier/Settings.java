package io.github.convnet4j.classifier;

import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.loss.Loss;
import java.util.Set;

/** The options that every network in training has, whatever its targets are. */
interface Settings {
  /** Of all that is random. */
  long seed();

  /** What training makes smaller. */
  Loss loss();

  /** What is done to the pixels first. */
  Normalization normalization();

  /** How the graph may differ from the network's description. */
  Set<Rewrite> rewrites();
}
