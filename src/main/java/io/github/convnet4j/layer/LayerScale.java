package io.github.convnet4j.layer;

import io.github.convnet4j.initializer.Initializers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Multiplies each channel (the last dimension) by a trained factor. Takes any shape and keeps it.
 * The parameter {@code gamma} has the shape {@code [channels]}. Source: Touvron et al., "Going
 * deeper with image transformers", 2021.
 *
 * @param initial the factors' initial value
 * @param name empty to derive one from the kind
 */
public record LayerScale(double initial, String name) implements Layer {
  private static final String KIND = "layer_scale";

  /** Checks the settings. */
  public LayerScale {
    Check.finite(KIND + ": initial", initial);
    Check.name(name, KIND);
  }

  /** Returns a copy with this name. */
  public LayerScale name(String newName) {
    return new LayerScale(initial, newName);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape channels = Shape.of(input.get(input.numDimensions() - 1));
    return List.of(Parameter.trainable("gamma", channels, Initializers.constant(initial)));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return context.tf().math.mul(input, context.weight("gamma"));
  }
}
