package io.github.convnet4j.layer;

/**
 * What a node of a network computes: a {@link Layer} computes from one input, a {@link Merge} from
 * several.
 */
public sealed interface Computation permits Layer, Merge {
  /**
   * Returns the name of this kind of layer or merge, for example {@code "conv2d"}. It is used in
   * JSON, in messages and, with a number, in graphs. Use lower case, with underscores between
   * words.
   */
  String kind();

  /** Returns the name that the user gave it; if empty, the network derives one from the kind. */
  default String name() {
    return "";
  }
}
