package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The rewrites that affect several layers of a sequence. */
final class Rewriting {
  private Rewriting() {}

  /** Returns the layers of a sequence in the order in which they are applied. */
  static List<PlacedLayer> ordered(LayerContext context, List<PlacedLayer> layers) {
    return context.uses(Rewrite.RELU_AFTER_MAX_POOL) ? reluAfterMaxPool(layers) : layers;
  }

  /** Both operations are monotonic, so they can be swapped; so can several ReLUs. */
  private static List<PlacedLayer> reluAfterMaxPool(List<PlacedLayer> layers) {
    List<PlacedLayer> ordered = new ArrayList<>(layers);
    for (int i = 1; i < ordered.size(); i++) {
      PlacedLayer pool = ordered.get(i);
      for (int at = i; at > 0 && canSwap(ordered.get(at - 1), pool); at--) {
        ordered.set(at, ordered.get(at - 1).withShape(pool.output()));
        ordered.set(at - 1, pool);
      }
    }
    return Collections.unmodifiableList(ordered);
  }

  private static boolean canSwap(PlacedLayer layer, PlacedLayer next) {
    return layer.layer() instanceof Relu && next.layer() instanceof MaxPool;
  }
}
