package io.github.convnet4j.model;

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A custom layer: repeats each pixel twice in both directions. */
record Doubled() implements Layer {
  @Override
  public String kind() {
    return "doubled";
  }

  @Override
  public Shape outputShape(Shape input) {
    return Shape.of(2 * input.get(0), 2 * input.get(1), input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Shape output = outputShape(context.inputShape());
    return tf.image.resizeNearestNeighbor(
        input, tf.array((int) output.get(0), (int) output.get(1)));
  }
}
