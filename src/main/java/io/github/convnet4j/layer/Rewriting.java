package io.github.convnet4j.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The rewrites that concern several layers of a sequence. */
final class Rewriting {
  private Rewriting() {}

  /** What is built in one piece: a layer, or several of them. */
  interface Step {
    /**
     * Adds it to the graph.
     *
     * @param context the sequence's
     * @param input {@code [batch, …]}
     */
    Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input);
  }

  /** What to build one after another for the layers of a sequence. */
  static List<Step> steps(LayerContext context, List<PlacedLayer> layers) {
    List<PlacedLayer> ordered =
        context.uses(Rewrite.RELU_AFTER_MAX_POOL) ? reluAfterMaxPool(layers) : layers;
    boolean folds =
        context.uses(Rewrite.BATCH_NORM_IN_CONVOLUTION) && context.mode() == Mode.INFERENCE;
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      PlacedLayer layer = ordered.get(i);
      if (folds
          && i + 1 < ordered.size()
          && NormalizedConvolution.fits(layer, ordered.get(i + 1))) {
        steps.add(NormalizedConvolution.of(layer, ordered.get(++i)));
      } else {
        steps.add(
            (sequence, input) -> sequence.apply(layer.name(), layer.layer(), layer.input(), input));
      }
    }
    return steps;
  }

  /** Both keep the order of numbers, so they may change places; several ReLUs as well. */
  private static List<PlacedLayer> reluAfterMaxPool(List<PlacedLayer> layers) {
    List<PlacedLayer> ordered = new ArrayList<>(layers);
    for (int i = 1; i < ordered.size(); i++) {
      PlacedLayer pool = ordered.get(i);
      for (int at = i; at > 0 && canSwap(ordered.get(at - 1), pool); at--) {
        ordered.set(at, ordered.get(at - 1).reached(pool.output()));
        ordered.set(at - 1, pool);
      }
    }
    return Collections.unmodifiableList(ordered);
  }

  private static boolean canSwap(PlacedLayer layer, PlacedLayer next) {
    return layer.layer() instanceof Relu && next.layer() instanceof MaxPool;
  }
}
