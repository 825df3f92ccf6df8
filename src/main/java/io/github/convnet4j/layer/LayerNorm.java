package io.github.convnet4j.layer;

import io.github.convnet4j.initializer.Initializers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Layer normalization along the last dimension: {@code gamma * (x - mean) / sqrt(variance +
 * epsilon) + beta}, with the mean and the variance of one vector, or of the channels of one pixel.
 * Takes any shape and keeps it. Training and inference are the same.
 *
 * <p>The parameters are {@code gamma} and {@code beta}, both of the last dimension's size; they
 * start at 1 and 0. Source: Ba et al., "Layer normalization", 2016.
 *
 * @param epsilon added to the variance, above 0
 * @param name empty to derive one from the kind
 */
public record LayerNorm(double epsilon, String name) implements Layer {
  private static final String KIND = "layer_norm";

  /** Checks the settings. */
  public LayerNorm {
    Check.positive(KIND + ": epsilon", epsilon);
    Check.name(name, KIND);
  }

  /** Returns a copy with this epsilon. */
  public LayerNorm epsilon(double newEpsilon) {
    return new LayerNorm(newEpsilon, name);
  }

  /** Returns a copy with this name. */
  public LayerNorm name(String newName) {
    return new LayerNorm(epsilon, newName);
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
    Shape last = Shape.of(input.get(input.numDimensions() - 1));
    return List.of(
        Parameter.trainable("gamma", last, Initializers.ones()),
        Parameter.trainable("beta", last, Initializers.zeros()));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return Standardization.of(
        context.tf(),
        input,
        context.weight("gamma"),
        context.weight("beta"),
        epsilon,
        context.inputShape().numDimensions());
  }
}
