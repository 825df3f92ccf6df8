package io.github.convnet4j.inspect;

import io.github.convnet4j.layer.Layer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A layer as it was applied in a graph.
 *
 * @param path its name, {@code "residual/conv2d"} for one within another
 * @param layer the layer
 * @param inputShape of one example that reaches it
 * @param outputShape of one example that leaves it
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

  /** Whether an example leaves it as {@code [height, width, channels]} of more than one pixel. */
  boolean givesMaps() {
    return outputShape.numDimensions() == 3 && outputShape.get(0) * outputShape.get(1) > 1;
  }

  /** Whether it is a convolution: it has a kernel of four dimensions that is its own. */
  boolean convolves() {
    return layer.parameters(inputShape).stream()
        .anyMatch(p -> p.shape().numDimensions() == 4 && !p.name().contains("/"));
  }

  boolean isAsLargeAs(Tap other) {
    return outputShape.get(0) == other.outputShape.get(0)
        && outputShape.get(1) == other.outputShape.get(1);
  }
}
