package io.github.convnet4j.classifier;

import io.github.convnet4j.loss.Loss;

/** The options that every network in training has, whatever its targets are. */
interface Settings {
  /** Of all that is random. */
  long seed();

  /** What training makes smaller. */
  Loss loss();

  /** What is done to the pixels first. */
  Normalization normalization();
}
