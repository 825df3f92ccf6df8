package io.github.convnet4j.layer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * A layer at its position in a sequence, with everything that was inferred for it.
 *
 * @param name unique in the sequence: the given name, or one derived from the kind
 * @param layer the layer
 * @param input its input shape, of one example
 * @param output its output shape, of one example
 * @param parameters its variables
 * @param multiplyAdds number of multiply-add operations for one example
 */
public record PlacedLayer(
    String name,
    Layer layer,
    Shape input,
    Shape output,
    List<Parameter> parameters,
    long multiplyAdds) {
  /** Keeps a copy of the list. */
  public PlacedLayer {
    parameters = List.copyOf(parameters);
  }

  /**
   * Infers everything for a layer with this input shape.
   *
   * @throws IllegalArgumentException if the layer cannot take the input
   */
  static PlacedLayer of(String name, Layer layer, Shape input) {
    Inferred inferred = layer.infer(input);
    if (inferred == null) {
      throw new IllegalArgumentException("its infer returned null");
    }
    Shape output = inferred.output();
    if (output.isUnknown() || output.hasUnknownDimension()) {
      throw new IllegalArgumentException("its output has the unknown shape " + output);
    }
    Set<String> seen = new HashSet<>();
    for (Parameter parameter : inferred.parameters()) {
      if (!seen.add(parameter.name())) {
        throw new IllegalArgumentException(
            "its parameters must have different names, but two are called " + parameter.name());
      }
    }
    return new PlacedLayer(
        name, layer, input, output, inferred.parameters(), inferred.multiplyAdds());
  }

  /** Returns its parameters with their names in the enclosing layer. */
  Stream<Parameter> parametersWithin() {
    return parameters.stream().map(parameter -> parameter.within(name));
  }

  /** Returns a copy with another input shape, for a layer that keeps the shape. */
  PlacedLayer withShape(Shape shape) {
    return new PlacedLayer(name, layer, shape, shape, parameters, multiplyAdds);
  }
}
