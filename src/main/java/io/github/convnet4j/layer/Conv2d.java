package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.Initializers;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Convolution of an image: {@code [height, width, channels] -> [height', width', filters]}. As
 * usual in deep learning, the kernel is not flipped. The parameters are {@code kernel}, of shape
 * {@code [window height, window width, channels / groups, filters]}, and {@code bias}, of shape
 * {@code [filters]}.
 *
 * <p>With several groups, channels and filters are divided into as many equal parts, and each part
 * of the filters sees only its own part of the channels. Source: Xie et al., "Aggregated residual
 * transformations for deep neural networks", 2017.
 *
 * @param filters number of output channels, at least 1
 * @param window the kernel's size, stride, dilation and padding
 * @param groups number of groups, a divisor of filters and of the input's channels
 * @param bias whether a bias is added
 * @param kernelInitializer initial values of the kernel
 * @param biasInitializer initial values of the bias
 * @param l2 penalty factor of the kernel, see {@link Parameter#l2}
 * @param activation applied to the sum, bias included
 * @param name empty to derive one from the kind
 */
public record Conv2d(
    int filters,
    Window window,
    int groups,
    boolean bias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    double l2,
    Activation activation,
    String name)
    implements Layer {

  /** Checks the settings. */
  public Conv2d {
    Require.atLeast("conv2d: filters", filters, 1);
    requireNonNull(window, "window");
    Require.atLeast("conv2d: groups", groups, 1);
    if (filters % groups != 0) {
      throw new IllegalArgumentException(
          "conv2d: filters must be a multiple of groups, %d: %d".formatted(groups, filters));
    }
    requireNonNull(kernelInitializer, "kernelInitializer");
    requireNonNull(biasInitializer, "biasInitializer");
    Check.notNegative("conv2d: l2", l2);
    requireNonNull(activation, "activation");
    Check.name(name, "conv2d");
  }

  static Conv2d of(int filters, int height, int width) {
    return new Conv2d(
        filters,
        Window.of(height, width),
        1,
        true,
        Initializers.glorotUniform(),
        Initializers.zeros(),
        0,
        new Linear(),
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

  /** Returns a copy with this many groups, which must divide the filters and the channels. */
  public Conv2d groups(int newGroups) {
    return new Conv2d(
        filters, window, newGroups, bias, kernelInitializer, biasInitializer, l2, activation, name);
  }

  /** Returns a copy without a bias. */
  public Conv2d withoutBias() {
    return new Conv2d(
        filters, window, groups, false, kernelInitializer, biasInitializer, l2, activation, name);
  }

  /** Returns a copy with these initial values of the kernel. */
  public Conv2d kernelInitializer(Initializer initializer) {
    return new Conv2d(
        filters, window, groups, bias, initializer, biasInitializer, l2, activation, name);
  }

  /** Returns a copy with these initial values of the bias. */
  public Conv2d biasInitializer(Initializer initializer) {
    return new Conv2d(
        filters, window, groups, bias, kernelInitializer, initializer, l2, activation, name);
  }

  /** Returns a copy with the penalty {@code factor * sum of the squares of the kernel}. */
  public Conv2d l2(double factor) {
    return new Conv2d(
        filters,
        window,
        groups,
        bias,
        kernelInitializer,
        biasInitializer,
        factor,
        activation,
        name);
  }

  /** Returns a copy with this activation; without one, the layer is linear. */
  public Conv2d activation(Activation newActivation) {
    return new Conv2d(
        filters, window, groups, bias, kernelInitializer, biasInitializer, l2, newActivation, name);
  }

  /** Returns a copy with this name. */
  public Conv2d name(String newName) {
    return new Conv2d(
        filters, window, groups, bias, kernelInitializer, biasInitializer, l2, activation, newName);
  }

  private Conv2d window(Window newWindow) {
    return new Conv2d(
        filters, newWindow, groups, bias, kernelInitializer, biasInitializer, l2, activation, name);
  }

  @Override
  public String kind() {
    return "conv2d";
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape output = window.outputShape(kind(), input, filters);
    Check.groups(groups, input.get(2));
    return output;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape kernel = Shape.of(window.height(), window.width(), input.get(2) / groups, filters);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.trainable("kernel", kernel, kernelInitializer).l2(l2));
    if (bias) {
      parameters.add(Parameter.trainable("bias", Shape.of(filters), biasInitializer));
    }
    return parameters;
  }

  @Override
  public long multiplyAdds(Shape input) {
    long perValue =
        Math.multiplyExact((long) window.height() * window.width(), input.get(2) / groups);
    return Math.multiplyExact(outputShape(input).size(), perValue);
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Operand<TFloat32> kernel = context.weight("kernel");
    boolean narrow =
        context.mixedPrecision() && (groups == 1 || !isDepthwise(context.inputShape()));
    Operand<TFloat32> convolved =
        narrow
            ? Bfloat16.widen(
                tf, convolved(context, Bfloat16.narrow(tf, input), Bfloat16.narrow(tf, kernel)))
            : convolved(context, input, kernel);
    // In float32 also in mixed precision: TensorFlow sums the gradient of a bias in its own type,
    // and bfloat16 is too short for a sum over all pixels.
    return activation.apply(
        tf, bias ? tf.nn.biasAdd(convolved, context.weight("bias")) : convolved);
  }

  private <T extends TNumber> Operand<T> convolved(
      LayerContext context, Operand<T> input, Operand<T> kernel) {
    Ops tf = context.tf();
    if (groups == 1) {
      return convolved(tf, context.inputShape(), input, kernel);
    }
    return isDepthwise(context.inputShape())
        ? depthwise(tf, context.inputShape(), input, kernel)
        : grouped(tf, context.inputShape(), input, kernel);
  }

  private <T extends TNumber> Operand<T> convolved(
      Ops tf, Shape inputShape, Operand<T> input, Operand<T> kernel) {
    return window.isDilated()
        ? DilatedConvolution.of(tf, input, inputShape, kernel, window)
        : tf.nn.conv2d(input, kernel, window.strides(), window.padding().name());
  }

  /** Whether each channel is a group, and TensorFlow has a depthwise convolution for the window. */
  private boolean isDepthwise(Shape inputShape) {
    return groups == inputShape.get(2)
        && !window.isDilated()
        && window.strideHeight() == window.strideWidth();
  }

  /** Much faster than many small groups. The filters of a channel are neighbors in both kernels. */
  private <T extends TNumber> Operand<T> depthwise(
      Ops tf, Shape inputShape, Operand<T> input, Operand<T> kernel) {
    long channels = inputShape.get(2);
    Shape shape = Shape.of(window.height(), window.width(), channels, filters / channels);
    return tf.nn.depthwiseConv2dNative(
        input, tf.reshape(kernel, tf.constant(shape)), window.strides(), window.padding().name());
  }

  /** TensorFlow's own grouped convolution has a gradient on a CPU only with oneDNN. */
  private <T extends TNumber> Operand<T> grouped(
      Ops tf, Shape inputShape, Operand<T> input, Operand<T> kernel) {
    Operand<TInt32> channels = tf.constant(3);
    List<Output<T>> inputs = tf.split(channels, input, (long) groups).output();
    List<Output<T>> kernels = tf.split(channels, kernel, (long) groups).output();
    List<Operand<T>> outputs = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      outputs.add(convolved(tf, inputShape, inputs.get(i), kernels.get(i)));
    }
    return tf.concat(outputs, channels);
  }
}
