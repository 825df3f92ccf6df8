package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * A layer that contains layers. It infers everything in one call, {@link #infer}, which calls
 * {@code infer} of each inner layer once: three calls at each level would triple the time with each
 * level of nesting.
 */
public interface CompositeLayer extends Layer {
  @Override
  Inferred infer(Shape input);

  @Override
  default Shape outputShape(Shape input) {
    return infer(input).output();
  }

  @Override
  default List<Parameter> parameters(Shape input) {
    return infer(input).parameters();
  }

  @Override
  default long multiplyAdds(Shape input) {
    return infer(input).multiplyAdds();
  }
}
