package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

/**
 * An output of a network; see {@link Node#as}.
 *
 * @param name unique among the network's outputs
 * @param node the node whose value is the output
 */
public record Output(String name, Node node) {
  /** Checks the name. */
  public Output {
    requireNonNull(node, "node");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("output: name must not be empty");
    }
    Check.name(name, "output");
  }
}
