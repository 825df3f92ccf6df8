package io.github.convnet4j.layer;

/** How windows are placed at the edge of the image. */
public enum Padding {
  /**
   * The image is padded with zeros, which pooling ignores: the output size is ceil(size / stride).
   */
  SAME,
  /** Windows stay inside the image: the output size is floor((size - window) / stride) + 1. */
  VALID
}
