package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Parallel branches with the same input, whose outputs are concatenated along the last dimension:
 * the channels of images, which must have the same height and width, or the values of vectors. Each
 * branch is one layer; use a {@link Sequence} for several layers, or for none, which passes the
 * input through. Source: Szegedy et al., "Going deeper with convolutions", 2015.
 *
 * @param branches at least two
 * @param name empty to derive one from the kind
 */
public record Concat(List<Layer> branches, String name) implements CompositeLayer {
  /** Checks the branches, and keeps a copy of the list. */
  public Concat {
    branches = List.copyOf(branches);
    if (branches.size() < 2) {
      throw new IllegalArgumentException(
          "concat: branches must be at least two layers: " + branches.size());
    }
    Check.name(name, "concat");
    LayerNames.of(branches);
  }

  /** Returns a copy with this name. */
  public Concat name(String newName) {
    return new Concat(branches, newName);
  }

  @Override
  public String kind() {
    return "concat";
  }

  @Override
  public Node expand(Node input) {
    List<Node> outputs = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      Layer branch = branches.get(i);
      try {
        outputs.add(ComputedNode.of(branch, input));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "branch %d, %s: %s".formatted(i + 1, branch.kind(), e.getMessage()), e);
      }
    }
    return Nodes.merge(Merge.concat(), outputs);
  }
}
