package io.github.convnet4j.train;

import io.github.convnet4j.layer.CompositeLayer;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.layer.Sequence;
import io.github.convnet4j.layer.Shared;
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
    long bytes = Math.multiplyExact(Float.BYTES, largest(network.nodes()));
    return (int) Math.max(1, Math.min(LARGEST, BYTES / bytes));
  }

  /** Returns the largest number of values of one example that are in memory at the same time. */
  private static long largest(List<PlacedNode> nodes) {
    return nodes.stream().mapToLong(InferenceBatch::atOnce).max().orElse(0);
  }

  private static long atOnce(PlacedNode node) {
    long own = node.output().size();
    for (Shape input : node.inputs()) {
      own = Math.addExact(own, input.size());
    }
    // The inside of a custom layer cannot be seen.
    if (!(node.computation() instanceof CompositeLayer)) {
      return own;
    }
    List<PlacedNode> inner =
        node.inner().stream().filter(in -> in.computation() instanceof Layer).toList();
    // A chain needs no other layer's output; others keep their input for the branches, and the
    // branches' outputs until the end.
    boolean chain = node.computation() instanceof Sequence || node.computation() instanceof Shared;
    return chain ? Math.max(own, largest(inner)) : Math.addExact(own, largest(inner));
  }
}
