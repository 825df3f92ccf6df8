package io.github.convnet4j.model;

import io.github.convnet4j.layer.Computation;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * An application of a layer or a merge in a graph.
 *
 * @param path its name in the network, such as {@code "residual/conv2d"} for a layer within another
 * @param computation the layer or merge
 * @param inputShapes the shapes of its inputs, of one example
 * @param outputShape the shape of its output, of one example
 * @param inputs each {@code [batch, …]}
 * @param output {@code [batch, …]}
 */
public record AppliedNode(
    String path,
    Computation computation,
    List<Shape> inputShapes,
    Shape outputShape,
    List<Operand<TFloat32>> inputs,
    Operand<TFloat32> output) {
  /** Keeps copies of the lists. */
  public AppliedNode {
    inputShapes = List.copyOf(inputShapes);
    inputs = List.copyOf(inputs);
  }
}
