package io.github.convnet4j.inspect;

import io.github.convnet4j.initializer.OpSeed;
import io.github.convnet4j.layer.Inferred;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.Rewrite;
import java.util.List;
import java.util.function.Consumer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Wraps a layer and records its input and output when it is applied, and also those of each layer
 * within it. Otherwise it behaves like the layer, so a network of such layers has the same names
 * and variables.
 *
 * @param path its name in the network
 * @param layer the layer, built-in or custom
 * @param taps receives each layer after it has been applied, inner ones first
 */
record TappedLayer(String path, Layer layer, Consumer<Tap> taps) implements Layer {
  @Override
  public String kind() {
    return layer.kind();
  }

  @Override
  public String name() {
    return layer.name();
  }

  @Override
  public Shape outputShape(Shape input) {
    return layer.outputShape(input);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return layer.parameters(input);
  }

  @Override
  public long multiplyAdds(Shape input) {
    return layer.multiplyAdds(input);
  }

  @Override
  public Inferred infer(Shape input) {
    return layer.infer(input);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Operand<TFloat32> output = layer.apply(new TappingContext(context), input);
    Shape inputShape = context.inputShape();
    taps.accept(new Tap(path, layer, inputShape, outputShape(inputShape), input, output));
    return output;
  }

  /** The layer's context, which also wraps inner layers. */
  private final class TappingContext implements LayerContext {
    private final LayerContext context;

    TappingContext(LayerContext context) {
      this.context = context;
    }

    @Override
    public Operand<TFloat32> apply(
        String name, Layer inner, Shape inputShape, Operand<TFloat32> input) {
      return context.apply(
          name, new TappedLayer(path + "/" + name, inner, taps), inputShape, input);
    }

    @Override
    public Ops tf() {
      return context.tf();
    }

    @Override
    public Mode mode() {
      return context.mode();
    }

    @Override
    public boolean uses(Rewrite rewrite) {
      return context.uses(rewrite);
    }

    @Override
    public Shape inputShape() {
      return context.inputShape();
    }

    @Override
    public boolean frozen() {
      return context.frozen();
    }

    @Override
    public Operand<TFloat32> weight(String parameter) {
      return context.weight(parameter);
    }

    @Override
    public Variable<TFloat32> variable(String parameter) {
      return context.variable(parameter);
    }

    @Override
    public void addUpdate(Op update) {
      context.addUpdate(update);
    }

    @Override
    public OpSeed nextOpSeed() {
      return context.nextOpSeed();
    }

    @Override
    public Operand<TInt64> statelessSeed() {
      return context.statelessSeed();
    }
  }
}
