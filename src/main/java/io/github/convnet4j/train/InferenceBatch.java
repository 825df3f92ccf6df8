package io.github.convnet4j.train;

import io.github.convnet4j.layer.Concat;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.PlacedLayer;
import io.github.convnet4j.layer.Residual;
import io.github.convnet4j.layer.Sequence;
import io.github.convnet4j.model.Network;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * The default batch size for inference: the larger a network's activations, the smaller the batch,
 * so that the memory is bounded for any amount of data.
 */
final class InferenceBatch {
  /**
   * Upper bound for a layer's input and output together. With smaller batches the cost of a call
   * matters. Above about 10 MiB the time per example is constant, for the lecture's networks (28 x
   * 28) and for wide ones (112 x 112), until page faults for new memory make it slower again. The
   * last-level cache of most processors is also of about this size.
   */
  private static final long BYTES = 32L << 20;

  /** Limit for small networks: with this many examples the cost of a call no longer matters. */
  private static final int LARGEST = 512;

  private InferenceBatch() {}

  /** Returns the number of examples, at least 1. */
  static int of(Network network) {
    long bytes = Math.multiplyExact(Float.BYTES, largest(network.placedLayers()));
    return (int) Math.max(1, Math.min(LARGEST, BYTES / bytes));
  }

  /** Returns the largest number of values of one example that are in memory at the same time. */
  private static long largest(List<PlacedLayer> layers) {
    return layers.stream()
        .mapToLong(placed -> atOnce(placed.layer(), placed.input(), placed.output()))
        .max()
        .orElse(0);
  }

  private static long atOnce(Layer layer, Shape input, Shape output) {
    long own = Math.addExact(input.size(), output.size());
    // The inside of a custom layer cannot be seen.
    if (layer instanceof Sequence sequence) {
      return Math.max(own, largest(sequence.place(input)));
    }
    // These layers keep their input for the branches, and the branches' outputs until the end.
    if (layer instanceof Residual residual) {
      return Math.addExact(own, largest(new Sequence(residual.layers(), "").place(input)));
    }
    if (layer instanceof Concat concat) {
      return concat.branches().stream()
          .mapToLong(branch -> Math.addExact(own, atOnce(branch, input, branch.outputShape(input))))
          .max()
          .orElse(own);
    }
    return own;
  }
}
