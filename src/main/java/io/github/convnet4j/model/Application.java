package io.github.convnet4j.model;

import io.github.convnet4j.initializer.OpSeed;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Rewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** One application of a network: the state that the contexts of all its layers share. */
final class Application {
  private final Network network;
  private final GraphVariables variables;
  private final SeedCounter seeds;
  private final Set<Rewrite> rewrites;
  private final Mode mode;
  private final Optional<Operand<TInt64>> step;
  private final List<Op> updates = new ArrayList<>();

  Application(
      Network network,
      GraphVariables variables,
      SeedCounter seeds,
      Set<Rewrite> rewrites,
      Mode mode,
      Optional<Operand<TInt64>> step) {
    this.network = network;
    this.variables = variables;
    this.seeds = seeds;
    this.rewrites = rewrites;
    this.mode = mode;
    this.step = step;
  }

  Operand<TFloat32> build(Ops tf, Operand<TFloat32> input) {
    return network.sequence().apply(new Context("", tf, network.input()), input);
  }

  List<Op> updates() {
    return updates;
  }

  /** The context of the layer at a path, which is empty for the whole network. */
  private final class Context implements LayerContext {
    private final String path;
    private final Ops tf;
    private final Shape inputShape;

    Context(String path, Ops tf, Shape inputShape) {
      this.path = path;
      this.tf = tf;
      this.inputShape = inputShape;
    }

    private String within(String name) {
      return path.isEmpty() ? name : path + "/" + name;
    }

    @Override
    public Ops tf() {
      return tf;
    }

    @Override
    public Mode mode() {
      return mode;
    }

    @Override
    public boolean uses(Rewrite rewrite) {
      return rewrites.contains(rewrite);
    }

    @Override
    public Shape inputShape() {
      return inputShape;
    }

    @Override
    public boolean frozen() {
      return network.isFrozen(path);
    }

    @Override
    public Operand<TFloat32> weight(String parameter) {
      return tf.identity(variable(parameter));
    }

    @Override
    public Variable<TFloat32> variable(String parameter) {
      return variables.get(within(parameter));
    }

    @Override
    public void addUpdate(Op update) {
      updates.add(update);
    }

    @Override
    public OpSeed nextOpSeed() {
      return seeds.nextOpSeed();
    }

    @Override
    public Operand<TInt64> statelessSeed() {
      Operand<TInt64> steps =
          step.orElseThrow(
              () ->
                  new IllegalStateException(
                      path
                          + " needs random numbers in training: pass apply a step, a scalar that"
                          + " differs in each training step"));
      return tf.stack(List.of(tf.constant(seeds.nextStatelessKey()), steps));
    }

    @Override
    public Operand<TFloat32> apply(
        String name, Layer inner, Shape innerShape, Operand<TFloat32> input) {
      Context context = new Context(within(name), tf.withSubScope(name), innerShape);
      Operand<TFloat32> output = inner.apply(context, input);
      Shape expected = inner.outputShape(innerShape).prepend(Shape.UNKNOWN_SIZE);
      if (!output.shape().isCompatibleWith(expected)) {
        throw new IllegalStateException(
            "%s must return [batch, …] with its output shape %s for each example: %s"
                .formatted(context.path, inner.outputShape(innerShape), output.shape()));
      }
      return output;
    }
  }
}
