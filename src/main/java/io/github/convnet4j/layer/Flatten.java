package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
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
    Ops tf = context.tf();
    Shape flat = Shape.of(-1, outputShape(context.inputShape()).get(0));
    return Bfloat16.source(input)
        .map(narrow -> Bfloat16.widen(tf, tf.reshape(narrow, tf.constant(flat))))
        .orElseGet(() -> tf.reshape(input, tf.constant(flat)));
  }
}
