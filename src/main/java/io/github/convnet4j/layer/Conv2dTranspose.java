package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.Initializers;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Transposed convolution, which enlarges an image: {@code [height, width, channels] -> [height',
 * width', filters]}. It is the gradient of a convolution with respect to its input: each pixel adds
 * its value times the kernel to a window of the output. The parameters are {@code kernel}, of shape
 * {@code [window height, window width, filters, channels]}, and {@code bias}, of shape {@code
 * [filters]}.
 *
 * <p>The output's height is {@code height * stride} with padding SAME, and {@code height * stride +
 * max(window height - stride, 0)} with VALID; the width likewise. With SAME, what windows reach
 * beyond these sizes is cut off. There is no extra output padding.
 *
 * <p>Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016.
 *
 * @param filters number of output channels, at least 1
 * @param window the kernel's size, stride and padding; no dilation
 * @param bias whether a bias is added
 * @param kernelInitializer initial values of the kernel
 * @param biasInitializer initial values of the bias
 * @param l2 penalty factor of the kernel, see {@link Parameter#l2}
 * @param activation applied to the sum, bias included
 * @param name empty to derive one from the kind
 */
public record Conv2dTranspose(
    int filters,
    Window window,
    boolean bias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    double l2,
    Activation activation,
    String name)
    implements Layer {
  private static final String KIND = "conv2d_transpose";

  /** Checks the settings. */
  public Conv2dTranspose {
    Require.atLeast(KIND + ": filters", filters, 1);
    window.checkDense(KIND);
    requireNonNull(kernelInitializer, "kernelInitializer");
    requireNonNull(biasInitializer, "biasInitializer");
    Check.notNegative(KIND + ": l2", l2);
    requireNonNull(activation, "activation");
    Check.name(name, KIND);
  }

  static Conv2dTranspose of(int filters, int height, int width) {
    return new Conv2dTranspose(
        filters,
        Window.of(height, width),
        true,
        Initializers.glorotUniform(),
        Initializers.zeros(),
        0,
        new Linear(),
        "");
  }

  /** Returns a copy with this stride in both directions, which is how much the image grows. */
  public Conv2dTranspose stride(int stride) {
    return stride(stride, stride);
  }

  /** Returns a copy with this stride. */
  public Conv2dTranspose stride(int rows, int columns) {
    return window(window.stride(rows, columns));
  }

  /** Returns a copy with this padding. */
  public Conv2dTranspose padding(Padding padding) {
    return window(window.padding(padding));
  }

  /** Returns a copy without a bias. */
  public Conv2dTranspose withoutBias() {
    return new Conv2dTranspose(
        filters, window, false, kernelInitializer, biasInitializer, l2, activation, name);
  }

  /** Returns a copy with these initial values of the kernel. */
  public Conv2dTranspose kernelInitializer(Initializer initializer) {
    return new Conv2dTranspose(
        filters, window, bias, initializer, biasInitializer, l2, activation, name);
  }

  /** Returns a copy with these initial values of the bias. */
  public Conv2dTranspose biasInitializer(Initializer initializer) {
    return new Conv2dTranspose(
        filters, window, bias, kernelInitializer, initializer, l2, activation, name);
  }

  /** Returns a copy with the penalty {@code factor * sum of the squares of the kernel}. */
  public Conv2dTranspose l2(double factor) {
    return new Conv2dTranspose(
        filters, window, bias, kernelInitializer, biasInitializer, factor, activation, name);
  }

  /** Returns a copy with this activation; without one, the layer is linear. */
  public Conv2dTranspose activation(Activation newActivation) {
    return new Conv2dTranspose(
        filters, window, bias, kernelInitializer, biasInitializer, l2, newActivation, name);
  }

  /** Returns a copy with this name. */
  public Conv2dTranspose name(String newName) {
    return new Conv2dTranspose(
        filters, window, bias, kernelInitializer, biasInitializer, l2, activation, newName);
  }

  private Conv2dTranspose window(Window newWindow) {
    return new Conv2dTranspose(
        filters, newWindow, bias, kernelInitializer, biasInitializer, l2, activation, name);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Shape outputShape(Shape input) {
    return window.transposedShape(KIND, input, filters);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape kernel = Shape.of(window.height(), window.width(), filters, input.get(2));
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.trainable("kernel", kernel, kernelInitializer).l2(l2));
    if (bias) {
      parameters.add(Parameter.trainable("bias", Shape.of(filters), biasInitializer));
    }
    return parameters;
  }

  @Override
  public long multiplyAdds(Shape input) {
    long perValue = Math.multiplyExact((long) window.height() * window.width(), (long) filters);
    return Math.multiplyExact(input.size(), perValue);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Operand<TInt32> sizes = outputSizes(tf, context.inputShape(), input);
    Operand<TFloat32> kernel = context.weight("kernel");
    Operand<TFloat32> convolved =
        context.mixedPrecision()
            ? Bfloat16.widen(
                tf, convolved(tf, sizes, Bfloat16.narrow(tf, input), Bfloat16.narrow(tf, kernel)))
            : convolved(tf, sizes, input, kernel);
    return activation.apply(
        tf, bias ? tf.nn.biasAdd(convolved, context.weight("bias")) : convolved);
  }

  private <T extends TNumber> Operand<T> convolved(
      Ops tf, Operand<TInt32> sizes, Operand<T> input, Operand<T> kernel) {
    return tf.nn.conv2dBackpropInput(
        sizes, kernel, input, window.strides(), window.padding().name());
  }

  private Operand<TInt32> outputSizes(Ops tf, Shape inputShape, Operand<?> input) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    sizes.add(tf.stridedSlice(tf.shape(input), Indices.at(0)));
    for (long size : outputShape(inputShape).asArray()) {
      sizes.add(tf.constant(Math.toIntExact(size)));
    }
    return tf.stack(sizes);
  }
}
