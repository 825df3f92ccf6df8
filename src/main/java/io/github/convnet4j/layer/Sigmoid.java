package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** The logistic function: {@code 1 / (1 + exp(-x))}. Takes any shape and keeps it. */
public record Sigmoid() implements Layer {
  @Override
  public String kind() {
    return "sigmoid";
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return context.tf().math.sigmoid(input);
  }
}
