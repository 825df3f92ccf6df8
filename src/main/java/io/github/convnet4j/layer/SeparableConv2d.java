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
import org.tensorflow.types.family.TNumber;

/**
 * Depthwise-separable convolution: each channel is convolved with its own kernel, then a 1x1
 * convolution combines the channels. {@code [height, width, channels] -> [height', width',
 * filters]}. The parameters are {@code depthwise}, of shape {@code [window height, window width,
 * channels, 1]}, {@code pointwise}, of shape {@code [1, 1, channels, filters]}, and {@code bias},
 * of shape {@code [filters]}.
 *
 * <p>Source: Chollet, "Xception: deep learning with depthwise separable convolutions", 2017.
 *
 * @param filters number of output channels, at least 1
 * @param window the depthwise kernel's size, stride and padding; the same stride in both
 *     directions, no dilation
 * @param bias whether a bias is added
 * @param kernelInitializer initial values of both kernels
 * @param l2 penalty factor of both kernels, see {@link Parameter#l2}
 * @param activation applied to the sum, bias included
 * @param name empty to derive one from the kind
 */
public record SeparableConv2d(
    int filters,
    Window window,
    boolean bias,
    Initializer kernelInitializer,
    double l2,
    Activation activation,
    String name)
    implements Layer {
  private static final String KIND = "separable_conv2d";

  /** Checks the settings. */
  public SeparableConv2d {
    Require.atLeast(KIND + ": filters", filters, 1);
    window.checkDepthwise(KIND);
    requireNonNull(kernelInitializer, "kernelInitializer");
    Check.notNegative(KIND + ": l2", l2);
    requireNonNull(activation, "activation");
    Check.name(name, KIND);
  }

  static SeparableConv2d of(int filters, int height, int width) {
    return new SeparableConv2d(
        filters, Window.of(height, width), true, Initializers.glorotUniform(), 0, new Linear(), "");
  }

  /** Returns a copy with this stride. */
  public SeparableConv2d stride(int stride) {
    return window(window.stride(stride, stride));
  }

  /** Returns a copy with this padding. */
  public SeparableConv2d padding(Padding padding) {
    return window(window.padding(padding));
  }

  /** Returns a copy without a bias. */
  public SeparableConv2d withoutBias() {
    return new SeparableConv2d(filters, window, false, kernelInitializer, l2, activation, name);
  }

  /** Returns a copy with these initial values of both kernels. */
  public SeparableConv2d kernelInitializer(Initializer initializer) {
    return new SeparableConv2d(filters, window, bias, initializer, l2, activation, name);
  }

  /** Returns a copy with the penalty {@code factor * sum of the squares of both kernels}. */
  public SeparableConv2d l2(double factor) {
    return new SeparableConv2d(filters, window, bias, kernelInitializer, factor, activation, name);
  }

  /** Returns a copy with this activation; without one, the layer is linear. */
  public SeparableConv2d activation(Activation newActivation) {
    return new SeparableConv2d(filters, window, bias, kernelInitializer, l2, newActivation, name);
  }

  /** Returns a copy with this name. */
  public SeparableConv2d name(String newName) {
    return new SeparableConv2d(filters, window, bias, kernelInitializer, l2, activation, newName);
  }

  private SeparableConv2d window(Window newWindow) {
    return new SeparableConv2d(filters, newWindow, bias, kernelInitializer, l2, activation, name);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Shape outputShape(Shape input) {
    return window.outputShape(KIND, input, filters);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    long channels = input.get(2);
    Shape depthwise = Shape.of(window.height(), window.width(), channels, 1);
    Shape pointwise = Shape.of(1, 1, channels, filters);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.trainable("depthwise", depthwise, kernelInitializer).l2(l2));
    parameters.add(Parameter.trainable("pointwise", pointwise, kernelInitializer).l2(l2));
    if (bias) {
      parameters.add(Parameter.trainable("bias", Shape.of(filters), Initializers.zeros()));
    }
    return parameters;
  }

  @Override
  public long multiplyAdds(Shape input) {
    Shape output = outputShape(input);
    long perPositionAndChannel = (long) window.height() * window.width() + filters;
    return Math.multiplyExact(
        Math.multiplyExact(output.get(0) * output.get(1), input.get(2)), perPositionAndChannel);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Operand<TFloat32> depthwise =
        tf.nn.depthwiseConv2dNative(
            input, context.weight("depthwise"), window.strides(), window.padding().name());
    Operand<TFloat32> kernel = context.weight("pointwise");
    Operand<TFloat32> pointwise =
        context.mixedPrecision()
            ? Bfloat16.widen(
                tf, pointwise(tf, Bfloat16.narrow(tf, depthwise), Bfloat16.narrow(tf, kernel)))
            : pointwise(tf, depthwise, kernel);
    return activation.apply(
        tf, bias ? tf.nn.biasAdd(pointwise, context.weight("bias")) : pointwise);
  }

  private static <T extends TNumber> Operand<T> pointwise(
      Ops tf, Operand<T> depthwise, Operand<T> kernel) {
    return tf.nn.conv2d(depthwise, kernel, List.of(1L, 1L, 1L, 1L), "VALID");
  }
}
