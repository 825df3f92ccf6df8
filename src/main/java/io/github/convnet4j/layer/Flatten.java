package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Turns each example into a vector, with the last dimension varying fastest: {@code [height, width,
 * channels] -> [height * width * channels]}.
 */
public record Flatten() implements Layer {
  @Override
  public String kind() {
    return "flatten";
  }

  @Override
  public Shape outputShape(Shape input) {
    long size = 1;
    for (long dimension : input.asArray()) {
      size = Math.multiplyExact(size, dimension);
    }
    return Shape.of(size);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Shape flat = Shape.of(-1, outputShape(context.inputShape()).get(0));
    return context.tf().reshape(input, context.tf().constant(flat));
  }
}
