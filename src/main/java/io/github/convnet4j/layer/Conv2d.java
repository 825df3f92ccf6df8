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
 * Convolution of an image: {@code [height, width, channels] -> [height', width', filters]}. As
 * usual in deep learning, the kernel is not flipped. The parameters are {@code kernel}, of shape
 * {@code [window height, window width, channels, filters]}, and {@code bias}, of shape {@code
 * [filters]}.
 *
 * @param filters number of output channels, at least 1
 * @param window the kernel's size, stride, dilation and padding
 * @param bias whether a bias is added
 * @param kernelInitializer initial values of the kernel
 * @param biasInitializer initial values of the bias
 * @param l2 penalty factor of the kernel, see {@link Parameter#l2}
 * @param name empty to derive one from the kind
 */
public record Conv2d(
    int filters,
    Window window,
    boolean bias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    float l2,
    String name)
    implements Layer {

  /** Checks the settings. */
  public Conv2d {
    Require.atLeast("conv2d: filters", filters, 1);
    requireNonNull(window, "window");
    requireNonNull(kernelInitializer, "kernelInitializer");
    requireNonNull(biasInitializer, "biasInitializer");
    Require.notNegative("conv2d: l2", l2);
    Check.name(name, "conv2d");
  }

  static Conv2d of(int filters, int height, int width) {
    return new Conv2d(
        filters,
        Window.of(height, width),
        true,
        Initializers.glorotUniform(),
        Initializers.zeros(),
        0,
        "");
  }

  /** Returns a copy with this stride in both directions. */
  public Conv2d stride(int stride) {
    return stride(stride, stride);
  }

  /** Returns a copy with this stride. */
  public Conv2d stride(int rows, int columns) {
    return window(window.stride(rows, columns));
  }

  /**
   * Returns a copy with this dilation in both directions (atrous convolution): with 2, the kernel
   * covers every other pixel.
   */
  public Conv2d dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** Returns a copy with this dilation. */
  public Conv2d dilation(int rows, int columns) {
    return window(window.dilation(rows, columns));
  }

  /** Returns a copy with this padding. */
  public Conv2d padding(Padding padding) {
    return window(window.padding(padding));
  }

  /** Returns a copy without a bias. */
  public Conv2d withoutBias() {
    return new Conv2d(filters, window, false, kernelInitializer, biasInitializer, l2, name);
  }

  /** Returns a copy with these initial values of the kernel. */
  public Conv2d kernelInitializer(Initializer initializer) {
    return new Conv2d(filters, window, bias, initializer, biasInitializer, l2, name);
  }

  /** Returns a copy with these initial values of the bias. */
  public Conv2d biasInitializer(Initializer initializer) {
    return new Conv2d(filters, window, bias, kernelInitializer, initializer, l2, name);
  }

  /** Returns a copy with the penalty {@code factor * sum of the squares of the kernel}. */
  public Conv2d l2(float factor) {
    return new Conv2d(filters, window, bias, kernelInitializer, biasInitializer, factor, name);
  }

  /** Returns a copy with this name. */
  public Conv2d name(String newName) {
    return new Conv2d(filters, window, bias, kernelInitializer, biasInitializer, l2, newName);
  }

  private Conv2d window(Window newWindow) {
    return new Conv2d(filters, newWindow, bias, kernelInitializer, biasInitializer, l2, name);
  }

  @Override
  public String kind() {
    return "conv2d";
  }

  @Override
  public Shape outputShape(Shape input) {
    return window.outputShape(kind(), input, filters);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape kernel = Shape.of(window.height(), window.width(), input.get(2), filters);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.trainable("kernel", kernel, kernelInitializer).l2(l2));
    if (bias) {
      parameters.add(Parameter.trainable("bias", Shape.of(filters), biasInitializer));
    }
    return parameters;
  }

  @Override
  public long multiplyAdds(Shape input) {
    long perValue = Math.multiplyExact((long) window.height() * window.width(), input.get(2));
    return Math.multiplyExact(outputShape(input).size(), perValue);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Operand<TFloat32> convolved = convolved(context, input);
    return bias ? context.tf().nn.biasAdd(convolved, context.weight("bias")) : convolved;
  }

  private Operand<TFloat32> convolved(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Operand<TFloat32> kernel = context.weight("kernel");
    return window.isDilated()
        ? DilatedConvolution.of(tf, input, context.inputShape(), kernel, window)
        : tf.nn.conv2d(input, kernel, window.strides(), window.padding().name());
  }
}
