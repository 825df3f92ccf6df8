package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Custom layers. */
class OwnLayerTest {
  @Test
  void worksLikeABuiltInLayer() {
    Network network = Network.of(Shape.of(2), new Scale(3), residual(new Scale(2), new Scale(5)));
    assertEquals(
        List.of("scale/factor", "residual/scale/factor", "residual/scale_1/factor"),
        network.parameters().stream().map(Parameter::name).toList());
    try (NetworkRun run = new NetworkRun(network, 1, Mode.TRAINING)) {
      // 3x, then 2 * 5 times this plus this.
      assertArrayEquals(new float[] {33, -66}, run.forward(1, -2));
      run.set("residual/scale_1/factor", 0, 1);
      assertArrayEquals(new float[] {3, -18}, run.forward(1, -2));
    }
  }

  /**
   * x plus the square of a weight; if it used the variable itself, the gradient would crash the
   * process.
   */
  private record PlusSquare() implements Layer {
    @Override
    public String kind() {
      return "plus_square";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      return new Scale(3).parameters(input);
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      return context.tf().math.add(input, context.tf().math.square(context.weight("factor")));
    }
  }

  @Test
  void squareOfAWeightHasAGradient() {
    try (NetworkRun run = NetworkRun.of(Shape.of(1), 1, Mode.TRAINING, new PlusSquare())) {
      assertArrayEquals(new float[] {10}, run.forward(1));
      float weight = NetworkRun.lossWeights(1)[0];
      assertArrayEquals(new float[] {weight * 2 * 3}, run.gradients(1).get(1), 1e-6f);
    }
  }

  /** A layer that applies another layer twice with the same weights. */
  private record Twice(Layer inner) implements Layer {
    @Override
    public String kind() {
      return "twice";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      return inner.parameters(input).stream().map(p -> p.within("inner")).toList();
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      Operand<TFloat32> once = context.apply("inner", inner, context.inputShape(), input);
      return context.apply("inner", inner, context.inputShape(), once);
    }
  }

  @Test
  void canContainOtherLayers() {
    Network network = Network.of(Shape.of(1), new Twice(new Scale(3)), tanh());
    assertEquals("twice/inner/factor", network.parameters().get(0).name());
    try (NetworkRun run = new NetworkRun(network, 1, Mode.INFERENCE)) {
      assertEquals(1, run.net.variables().size());
      assertArrayEquals(new float[] {(float) Math.tanh(0.9)}, run.forward(0.1f), 1e-6f);
    }
  }
}
