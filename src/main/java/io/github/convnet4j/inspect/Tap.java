package io.github.convnet4j.inspect;

import io.github.convnet4j.layer.Layer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * An application of a layer in a graph.
 *
 * @param path the layer's name, such as {@code "residual/conv2d"} for a layer within another
 * @param layer the layer
 * @param inputShape the shape of its input for one example
 * @param outputShape the shape of its output for one example
 * @param input {@code [batch, …]}
 * @param output {@code [batch, …]}
 */
record Tap(
    String path,
    Layer layer,
    Shape inputShape,
    Shape outputShape,
    Operand<TFloat32> input,
    Operand<TFloat32> output) {

  /** Whether its output is {@code [height, width, channels]} with more than one pixel. */
  boolean givesMaps() {
    return outputShape.numDimensions() == 3 && outputShape.get(0) * outputShape.get(1) > 1;
  }

  /**
   * Whether it is a convolution: it has a kernel of four dimensions itself, not in an inner layer.
   */
  boolean convolves() {
    return layer.parameters(inputShape).stream()
        .anyMatch(p -> p.shape().numDimensions() == 4 && !p.name().contains("/"));
  }

  boolean isAsLargeAs(Tap other) {
    return outputShape.get(0) == other.outputShape.get(0)
        && outputShape.get(1) == other.outputShape.get(1);
  }
}
