package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * A layer in its sequence, with what was inferred for it.
 *
 * @param name unique in the sequence: the layer's own, or one derived from its kind
 * @param layer the layer
 * @param input shape of one example that reaches it
 * @param output shape of one example that leaves it
 * @param parameters its variables
 */
public record PlacedLayer(
    String name, Layer layer, Shape input, Shape output, List<Parameter> parameters) {
  /** Keeps a copy of the list. */
  public PlacedLayer {
    parameters = List.copyOf(parameters);
  }

  /** The same reached by another shape, of a layer that changes none. */
  PlacedLayer reached(Shape shape) {
    return new PlacedLayer(name, layer, shape, shape, parameters);
  }
}
