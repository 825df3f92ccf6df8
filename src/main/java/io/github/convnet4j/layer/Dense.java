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
 * @param anyRank whether it takes inputs of any shape, see {@link #alongLastDimension}
 * @param name empty to derive one from the kind
 */
public record Dense(
    int units,
    boolean bias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    double l2,
    Activation activation,
    boolean anyRank,
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
        units,
        true,
        Initializers.glorotUniform(),
        Initializers.zeros(),
        0,
        new Linear(),
        false,
        "");
  }

  /** Returns a copy without a bias. */
  public Dense withoutBias() {
    return new Dense(
        units, false, kernelInitializer, biasInitializer, l2, activation, anyRank, name);
  }

  /** Returns a copy with these initial values of the kernel. */
  public Dense kernelInitializer(Initializer initializer) {
    return new Dense(units, bias, initializer, biasInitializer, l2, activation, anyRank, name);
  }

  /** Returns a copy with these initial values of the bias. */
  public Dense biasInitializer(Initializer initializer) {
    return new Dense(units, bias, kernelInitializer, initializer, l2, activation, anyRank, name);
  }

  /** Returns a copy with the penalty {@code factor * sum of the squares of the kernel}. */
  public Dense l2(double factor) {
    return new Dense(
        units, bias, kernelInitializer, biasInitializer, factor, activation, anyRank, name);
  }

  /** Returns a copy with this activation; without one, the layer is linear. */
  public Dense activation(Activation newActivation) {
    return new Dense(
        units, bias, kernelInitializer, biasInitializer, l2, newActivation, anyRank, name);
  }

  /**
   * Returns a copy that takes inputs of any shape and works along their last dimension: {@code
   * [height, width, n] -> [height, width, units]}, with the same kernel for each pixel. Without
   * this, only vectors are taken, because an image before a dense layer is usually a forgotten
   * {@code flatten()}.
   */
  public Dense alongLastDimension() {
    return new Dense(units, bias, kernelInitializer, biasInitializer, l2, activation, true, name);
  }

  /** Returns a copy with this name. */
  public Dense name(String newName) {
    return new Dense(
        units, bias, kernelInitializer, biasInitializer, l2, activation, anyRank, newName);
  }

  @Override
  public String kind() {
    return "dense";
  }

  @Override
  public Shape outputShape(Shape input) {
    if (!anyRank) {
      Check.flat(input, kind());
    }
    return Check.output(input.take(input.numDimensions() - 1).append(units));
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape kernel = Shape.of(input.get(input.numDimensions() - 1), units);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.trainable("kernel", kernel, kernelInitializer).l2(l2));
    if (bias) {
      parameters.add(Parameter.trainable("bias", Shape.of(units), biasInitializer));
    }
    return parameters;
  }

  @Override
  public long multiplyAdds(Shape input) {
    return Math.multiplyExact(input.size(), (long) units);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Shape shape = context.inputShape();
    if (shape.numDimensions() == 1) {
      return activated(context, input);
    }
    Shape rows = Shape.of(-1, shape.get(shape.numDimensions() - 1));
    Operand<TFloat32> output = activated(context, tf.reshape(input, tf.constant(rows)));
    return tf.reshape(output, tf.constant(outputShape(shape).prepend(-1)));
  }

  private Operand<TFloat32> activated(LayerContext context, Operand<TFloat32> rows) {
    Ops tf = context.tf();
    Operand<TFloat32> kernel = context.weight("kernel");
    Operand<TFloat32> product =
        context.mixedPrecision()
            ? Bfloat16.widen(
                tf, tf.linalg.matMul(Bfloat16.narrow(tf, rows), Bfloat16.narrow(tf, kernel)))
            : tf.linalg.matMul(rows, kernel);
    return activation.apply(tf, bias ? tf.math.add(product, context.weight("bias")) : product);
  }
}
