package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.Initializers;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A fully connected layer: {@code [n] -> [units]}, {@code input * kernel + bias}. The parameters
 * are {@code kernel}, of shape {@code [n, units]}, and {@code bias}, of shape {@code [units]}.
 *
 * @param units number of outputs, at least 1
 * @param bias whether a bias is added
 * @param kernelInitializer initial values of the kernel
 * @param biasInitializer initial values of the bias
 * @param l2 penalty factor of the kernel, see {@link Parameter#l2}
 * @param name empty to derive one from the kind
 */
public record Dense(
    int units,
    boolean bias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    float l2,
    String name)
    implements Layer {

  /** Checks the settings. */
  public Dense {
    Require.atLeast("dense: units", units, 1);
    requireNonNull(kernelInitializer, "kernelInitializer");
    requireNonNull(biasInitializer, "biasInitializer");
    Require.notNegative("dense: l2", l2);
    Check.name(name, "dense");
  }

  static Dense of(int units) {
    return new Dense(units, true, Initializers.glorotUniform(), Initializers.zeros(), 0, "");
  }

  /** Returns a copy without a bias. */
  public Dense withoutBias() {
    return new Dense(units, false, kernelInitializer, biasInitializer, l2, name);
  }

  /** Returns a copy with these initial values of the kernel. */
  public Dense kernelInitializer(Initializer initializer) {
    return new Dense(units, bias, initializer, biasInitializer, l2, name);
  }

  /** Returns a copy with these initial values of the bias. */
  public Dense biasInitializer(Initializer initializer) {
    return new Dense(units, bias, kernelInitializer, initializer, l2, name);
  }

  /** Returns a copy with the penalty {@code factor * sum of the squares of the kernel}. */
  public Dense l2(float factor) {
    return new Dense(units, bias, kernelInitializer, biasInitializer, factor, name);
  }

  /** Returns a copy with this name. */
  public Dense name(String newName) {
    return new Dense(units, bias, kernelInitializer, biasInitializer, l2, newName);
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
    Operand<TFloat32> product = context.tf().linalg.matMul(input, context.weight("kernel"));
    return bias ? context.tf().math.add(product, context.weight("bias")) : product;
  }
}
