package io.github.convnet4j.classifier;

import io.github.convnet4j.layer.Concat;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.PlacedLayer;
import io.github.convnet4j.layer.Residual;
import io.github.convnet4j.layer.Sequence;
import io.github.convnet4j.model.Network;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * How many examples a network is asked about at a time where nobody says: the more its activations
 * of one example take, the fewer, so that the memory is bounded whatever the data.
 */
final class InferenceBatch {
  /**
   * What the input and the output of one layer may take together. From some 10 MiB on an example
   * takes the same time however many there are, for the lecture's networks (28 x 28) as for wide
   * ones (112 x 112), until the page faults of ever new memory make it slower again; below, the
   * calls show. Most processors' last cache is of this size, too.
   */
  private static final long BYTES = 32L << 20;

  /** Of small networks: a call's own time is nothing any more beside so many examples. */
  private static final int LARGEST = 512;

  private InferenceBatch() {}

  /** The number of examples, at least 1. */
  static int of(Network network) {
    long bytes = Math.multiplyExact(Float.BYTES, largest(network.placedLayers()));
    return (int) Math.max(1, Math.min(LARGEST, BYTES / bytes));
  }

  /** The most values of one example that are there at once. */
  private static long largest(List<PlacedLayer> layers) {
    return layers.stream()
        .mapToLong(placed -> atOnce(placed.layer(), placed.input(), placed.output()))
        .max()
        .orElse(0);
  }

  private static long atOnce(Layer layer, Shape input, Shape output) {
    long own = Math.addExact(input.size(), output.size());
    // What is inside a layer of the user's own cannot be seen.
    if (layer instanceof Sequence sequence) {
      return Math.max(own, largest(sequence.place(input)));
    }
    // The others keep their input for their branches, and what the branches gave for the end.
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
