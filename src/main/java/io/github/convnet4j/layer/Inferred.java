package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * What follows from a layer and the shape that reaches it, found in one go by {@link Layer#infer}.
 *
 * @param output shape of one example that leaves the layer
 * @param parameters the layer's variables
 * @param multiplyAdds multiplications with an addition for one example
 */
public record Inferred(Shape output, List<Parameter> parameters, long multiplyAdds) {
  /** Keeps a copy of the list. */
  public Inferred {
    requireNonNull(output, "output");
    parameters = List.copyOf(parameters);
  }
}
