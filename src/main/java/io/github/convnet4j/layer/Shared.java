package io.github.convnet4j.layer;

import java.util.List;

/**
 * Consecutive layers that share their variables with every other use of the same name in the
 * network, for example the two towers of a Siamese network:
 *
 * <pre>{@code
 * Layer tower = shared("tower", flatten(), dense(64), relu());
 * Node distance = subtract(left.then(tower), right.then(tower));
 * }</pre>
 *
 * <p>All uses must have equal layers. Their inputs may have different shapes if the variables'
 * shapes are the same. The variables are named after the layer wherever it is used: {@code
 * tower/dense/kernel}.
 *
 * @param layers from first to last, at least one
 * @param name not empty; may be a path, as for {@link Node#named}
 */
public record Shared(List<Layer> layers, String name) implements CompositeLayer {
  /** Checks the layers and the name, and keeps a copy of the list. */
  public Shared {
    layers = List.copyOf(layers);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("shared: name must not be empty");
    }
    Check.path(name, "shared");
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("shared: layers must be at least one layer: 0");
    }
    LayerNames.of(layers);
  }

  @Override
  public String kind() {
    return "shared";
  }

  @Override
  public Node expand(Node input) {
    return input.then(layers);
  }
}
