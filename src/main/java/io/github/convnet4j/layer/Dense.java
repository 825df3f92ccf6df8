package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.Initializers;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A fully connected layer: {@code [n] -> [units]}, {@code activation(input * kernel + bias)}. The
 * parameters are {@code kernel}, of shape {@code [n, units]}, and {@code bias}, of shape {@code
 * [units]}.
 *
 * @param units number of outputs, at least 1
 * @param bias whether a bias is added
 * @param kernelInitializer initial values of the kernel
 * @param biasInitializer initial values of the bias
 * @param l2 penalty factor of the kernel, see {@link Parameter#l2}
 * @param activation applied to the sum
 * @param name empty to derive one from the kind
 */
public record Dense(
    int units,
    boolean bias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    double l2,
    Activation activation,
    String name)
    implements Layer {

  /** Checks the settings. */
  public Dense {
    Require.atLeast("dense: units", units, 1);
    requireNonNull(kernelInitializer, "kernelInitializer");
    requireNonNull(biasInitializer, "biasInitializer");
    Check.notNegative("dense: l2", l2);
    requireNonNull(activation, "activation");
    Check.name(name, "dense");
  }

  static Dense of(int units) {
    return new Dense(
        units, true, Initializers.glorotUniform(), Initializers.zeros(), 0, new Linear(), "");
  }

  /** Returns a copy without a bias. */
  public Dense withoutBias() {
    return new Dense(units, false, kernelInitializer, biasInitializer, l2, activation, name);
  }

  /** Returns a copy with these initial values of the kernel. */
  public Dense kernelInitializer(Initializer initializer) {
    return new Dense(units, bias, initializer, biasInitializer, l2, activation, name);
  }

  /** Returns a copy with these initial values of the bias. */
  public Dense biasInitializer(Initializer initializer) {
    return new Dense(units, bias, kernelInitializer, initializer, l2, activation, name);
  }

  /** Returns a copy with the penalty {@code factor * sum of the squares of the kernel}. */
  public Dense l2(double factor) {
    return new Dense(units, bias, kernelInitializer, biasInitializer, factor, activation, name);
  }

  /** Returns a copy with this activation; without one, the layer is linear. */
  public Dense activation(Activation newActivation) {
    return new Dense(units, bias, kernelInitializer, biasInitializer, l2, newActivation, name);
  }

  /** Returns a copy with this name. */
  public Dense name(String newName) {
    return new Dense(units, bias, kernelInitializer, biasInitializer, l2, activation, newName);
  }

  @Override
  public String kind() {
    return "dense";
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.flat(input, kind());
    return Shape.of(units);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape kernel = Shape.of(input.get(0), units);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.trainable("kernel", kernel, kernelInitializer).l2(l2));
    if (bias) {
      parameters.add(Parameter.trainable("bias", Shape.of(units), biasInitializer));
    }
    return parameters;
  }

  @Override
  public long multiplyAdds(Shape input) {
    return Math.multiplyExact(input.get(0), (long) units);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Operand<TFloat32> product = tf.linalg.matMul(input, context.weight("kernel"));
    return activation.apply(tf, bias ? tf.math.add(product, context.weight("bias")) : product);
  }
}
