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
 * Depthwise convolution: each channel is convolved with its own kernels, without combining
 * channels. {@code [height, width, channels] -> [height', width', channels * depthMultiplier]},
 * where the outputs of one channel are neighbors. The parameters are {@code kernel}, of shape
 * {@code [window height, window width, channels, depthMultiplier]}, and {@code bias}, of shape
 * {@code [channels * depthMultiplier]}.
 *
 * <p>Source: Howard et al., "MobileNets: efficient convolutional neural networks for mobile vision
 * applications", 2017. With a convolution of 1x1 after it, it is a {@link SeparableConv2d}.
 *
 * @param window the kernel's size, stride and padding; the same stride in both directions, no
 *     dilation
 * @param depthMultiplier number of kernels for each channel, at least 1
 * @param bias whether a bias is added
 * @param kernelInitializer initial values of the kernel
 * @param biasInitializer initial values of the bias
 * @param l2 penalty factor of the kernel, see {@link Parameter#l2}
 * @param activation applied to the sum, bias included
 * @param name empty to derive one from the kind
 */
public record DepthwiseConv2d(
    Window window,
    int depthMultiplier,
    boolean bias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    double l2,
    Activation activation,
    String name)
    implements Layer {
  private static final String KIND = "depthwise_conv2d";

  /** Checks the settings. */
  public DepthwiseConv2d {
    window.checkDepthwise(KIND);
    Require.atLeast(KIND + ": depthMultiplier", depthMultiplier, 1);
    requireNonNull(kernelInitializer, "kernelInitializer");
    requireNonNull(biasInitializer, "biasInitializer");
    Check.notNegative(KIND + ": l2", l2);
    requireNonNull(activation, "activation");
    Check.name(name, KIND);
  }

  static DepthwiseConv2d of(int height, int width) {
    return new DepthwiseConv2d(
        Window.of(height, width),
        1,
        true,
        Initializers.glorotUniform(),
        Initializers.zeros(),
        0,
        new Linear(),
        "");
  }

  /** Returns a copy with this stride. */
  public DepthwiseConv2d stride(int stride) {
    return window(window.stride(stride, stride));
  }

  /** Returns a copy with this padding. */
  public DepthwiseConv2d padding(Padding padding) {
    return window(window.padding(padding));
  }

  /** Returns a copy with this many kernels, and so outputs, for each channel. */
  public DepthwiseConv2d depthMultiplier(int multiplier) {
    return new DepthwiseConv2d(
        window, multiplier, bias, kernelInitializer, biasInitializer, l2, activation, name);
  }

  /** Returns a copy without a bias. */
  public DepthwiseConv2d withoutBias() {
    return new DepthwiseConv2d(
        window, depthMultiplier, false, kernelInitializer, biasInitializer, l2, activation, name);
  }

  /** Returns a copy with these initial values of the kernel. */
  public DepthwiseConv2d kernelInitializer(Initializer initializer) {
    return new DepthwiseConv2d(
        window, depthMultiplier, bias, initializer, biasInitializer, l2, activation, name);
  }

  /** Returns a copy with these initial values of the bias. */
  public DepthwiseConv2d biasInitializer(Initializer initializer) {
    return new DepthwiseConv2d(
        window, depthMultiplier, bias, kernelInitializer, initializer, l2, activation, name);
  }

  /** Returns a copy with the penalty {@code factor * sum of the squares of the kernel}. */
  public DepthwiseConv2d l2(double factor) {
    return new DepthwiseConv2d(
        window,
        depthMultiplier,
        bias,
        kernelInitializer,
        biasInitializer,
        factor,
        activation,
        name);
  }

  /** Returns a copy with this activation; without one, the layer is linear. */
  public DepthwiseConv2d activation(Activation newActivation) {
    return new DepthwiseConv2d(
        window, depthMultiplier, bias, kernelInitializer, biasInitializer, l2, newActivation, name);
  }

  /** Returns a copy with this name. */
  public DepthwiseConv2d name(String newName) {
    return new DepthwiseConv2d(
        window, depthMultiplier, bias, kernelInitializer, biasInitializer, l2, activation, newName);
  }

  private DepthwiseConv2d window(Window newWindow) {
    return new DepthwiseConv2d(
        newWindow, depthMultiplier, bias, kernelInitializer, biasInitializer, l2, activation, name);
  }

  private long outputs(Shape input) {
    return Math.multiplyExact(input.get(2), (long) depthMultiplier);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.image(input, KIND);
    return window.outputShape(KIND, input, outputs(input));
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape kernel = Shape.of(window.height(), window.width(), input.get(2), depthMultiplier);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.trainable("kernel", kernel, kernelInitializer).l2(l2));
    if (bias) {
      parameters.add(Parameter.trainable("bias", Shape.of(outputs(input)), biasInitializer));
    }
    return parameters;
  }

  @Override
  public long multiplyAdds(Shape input) {
    return Math.multiplyExact(outputShape(input).size(), (long) window.height() * window.width());
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Operand<TFloat32> convolved =
        tf.nn.depthwiseConv2dNative(
            input, context.weight("kernel"), window.strides(), window.padding().name());
    return activation.apply(
        tf, bias ? tf.nn.biasAdd(convolved, context.weight("bias")) : convolved);
  }
}
