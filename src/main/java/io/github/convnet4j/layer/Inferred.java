package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * What {@link Layer#infer} finds out about a layer with a given input shape.
 *
 * @param output output shape of one example
 * @param parameters the layer's variables
 * @param multiplyAdds number of multiply-add operations for one example
 */
public record Inferred(Shape output, List<Parameter> parameters, long multiplyAdds) {
  /** Keeps a copy of the list. */
  public Inferred {
    requireNonNull(output, "output");
    parameters = List.copyOf(parameters);
  }
}
