package io.github.convnet4j.layer;

/** What a window does at the image's edge. */
public enum Padding {
  /** Zeros around the image (for pooling: nothing): output size is ceil(size / stride). */
  SAME,
  /** The window stays inside the image: output size is floor((size - window) / stride) + 1. */
  VALID
}
