package io.github.convnet4j.model;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Parameter;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** A custom layer: multiplies each channel by a trained factor, initially {@code first}. */
record Scale(float first) implements Layer {
  @Override
  public String kind() {
    return "scale";
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape channels = Shape.of(input.get(input.numDimensions() - 1));
    return List.of(Parameter.trainable("factor", channels, Initializers.constant(first)));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return context.tf().math.mul(input, context.weight("factor"));
  }
}
