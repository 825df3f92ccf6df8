package io.github.convnet4j.layer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * A layer in its sequence, with what was inferred for it.
 *
 * @param name unique in the sequence: the layer's own, or one derived from its kind
 * @param layer the layer
 * @param input shape of one example that reaches it
 * @param output shape of one example that leaves it
 * @param parameters its variables
 * @param multiplyAdds multiplications with an addition for one example
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
   * Infers what follows from a layer's input.
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
        throw new IllegalArgumentException("it has two parameters called " + parameter.name());
      }
    }
    return new PlacedLayer(
        name, layer, input, output, inferred.parameters(), inferred.multiplyAdds());
  }

  /** Its parameters as they are called in the layer that it is part of. */
  Stream<Parameter> parametersWithin() {
    return parameters.stream().map(parameter -> parameter.within(name));
  }

  /** The same reached by another shape, of a layer that changes none. */
  PlacedLayer reached(Shape shape) {
    return new PlacedLayer(name, layer, shape, shape, parameters, multiplyAdds);
  }
}
