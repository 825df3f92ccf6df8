package io.github.convnet4j.layer;

import java.util.List;

/**
 * Consecutive layers as one layer: a branch of {@link Concat}, the body of {@link Residual} or a
 * whole network. Without layers it passes its input through.
 *
 * @param layers from first to last
 * @param name empty to derive one from the kind
 */
public record Sequence(List<Layer> layers, String name) implements CompositeLayer {
  /** Checks that no two layers have the same name, and keeps a copy of the list. */
  public Sequence {
    layers = List.copyOf(layers);
    Check.name(name, "sequence");
    LayerNames.of(layers);
  }

  /** Returns a copy with this name. */
  public Sequence name(String newName) {
    return new Sequence(layers, newName);
  }

  @Override
  public String kind() {
    return "sequence";
  }

  @Override
  public Node expand(Node input) {
    return input.then(layers);
  }
}
