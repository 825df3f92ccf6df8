package io.github.convnet4j.layer;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Creates the built-in layers; intended for {@code import static}. Options are set with methods
 * that return a copy: {@code conv2d(32, 3).stride(2).withoutBias()}. An activation is a layer of
 * its own or an option: {@code conv2d(32, 3), relu()} or {@code conv2d(32, 3).activation(relu())}.
 *
 * <p>The default padding of convolution and pooling is SAME, as in the networks of most papers; in
 * Keras it is VALID.
 */
public final class Layers {
  private Layers() {}

  /** Returns a convolution with a square kernel; stride 1, SAME, with bias, Glorot uniform. */
  public static Conv2d conv2d(int filters, int kernelSize) {
    return conv2d(filters, kernelSize, kernelSize);
  }

  /** Returns a convolution with a kernel of this height and width; stride 1, SAME, with bias. */
  public static Conv2d conv2d(int filters, int kernelHeight, int kernelWidth) {
    return Conv2d.of(filters, kernelHeight, kernelWidth);
  }

  /** Returns a depthwise-separable convolution with a square kernel; stride 1, SAME, with bias. */
  public static SeparableConv2d separableConv2d(int filters, int kernelSize) {
    return SeparableConv2d.of(filters, kernelSize, kernelSize);
  }

  /** Returns a depthwise convolution with a square kernel; stride 1, SAME, with bias. */
  public static DepthwiseConv2d depthwiseConv2d(int kernelSize) {
    return depthwiseConv2d(kernelSize, kernelSize);
  }

  /** Returns a depthwise convolution with a kernel of this height and width. */
  public static DepthwiseConv2d depthwiseConv2d(int kernelHeight, int kernelWidth) {
    return DepthwiseConv2d.of(kernelHeight, kernelWidth);
  }

  /**
   * Returns a transposed convolution with a square kernel; SAME, with bias, Glorot uniform. Its
   * stride, by which the image grows, is 1: set it with {@link Conv2dTranspose#stride(int)}.
   */
  public static Conv2dTranspose conv2dTranspose(int filters, int kernelSize) {
    return conv2dTranspose(filters, kernelSize, kernelSize);
  }

  /** Returns a transposed convolution with a kernel of this height and width. */
  public static Conv2dTranspose conv2dTranspose(int filters, int kernelHeight, int kernelWidth) {
    return Conv2dTranspose.of(filters, kernelHeight, kernelWidth);
  }

  /** Returns a layer that repeats each row and each column this many times. */
  public static Upsampling upsampling(int factor) {
    return upsampling(factor, factor);
  }

  /** Returns a layer that repeats each row and each column; see {@link Upsampling#bilinear}. */
  public static Upsampling upsampling(int rows, int columns) {
    return new Upsampling(rows, columns, Upsampling.Interpolation.NEAREST);
  }

  /** Returns a layer that adds this many rows and columns of zeros at each edge. */
  public static ZeroPadding zeroPadding(int width) {
    return zeroPadding(width, width);
  }

  /**
   * Returns a layer that adds this many rows of zeros above and below, and columns to the left and
   * right. For one edge: {@code zeroPadding(0).top(1)}.
   */
  public static ZeroPadding zeroPadding(int rows, int columns) {
    return new ZeroPadding(Margins.of(rows, columns));
  }

  /** Returns a layer that removes this many rows and columns at each edge. */
  public static Cropping cropping(int width) {
    return cropping(width, width);
  }

  /**
   * Returns a layer that removes this many rows above and below, and columns to the left and right.
   * For one edge: {@code cropping(0).top(1)}.
   */
  public static Cropping cropping(int rows, int columns) {
    return new Cropping(Margins.of(rows, columns));
  }

  /** Returns max pooling over square windows; the stride equals the size; SAME. */
  public static MaxPool maxPool(int size) {
    return maxPool(size, size);
  }

  /**
   * Returns max pooling over windows of this height and width; the stride equals the size; SAME.
   */
  public static MaxPool maxPool(int height, int width) {
    return new MaxPool(Window.of(height, width).stride(height, width));
  }

  /** Returns average pooling over square windows; the stride equals the size; SAME. */
  public static AveragePool averagePool(int size) {
    return averagePool(size, size);
  }

  /**
   * Returns average pooling over windows of this height and width; the stride equals the size;
   * SAME.
   */
  public static AveragePool averagePool(int height, int width) {
    return new AveragePool(Window.of(height, width).stride(height, width));
  }

  /** Returns a layer that computes the mean of each channel. */
  public static GlobalAveragePool globalAveragePool() {
    return new GlobalAveragePool(false);
  }

  /** Returns a layer that computes the largest value of each channel. */
  public static GlobalMaxPool globalMaxPool() {
    return new GlobalMaxPool(false);
  }

  /**
   * Returns batch normalization with momentum 0.9 and epsilon 0.001. Keras has a momentum of 0.99:
   * after a hundred steps the moving statistics still contain a third of their initial values, so
   * evaluations after a short run are wrong.
   */
  public static BatchNorm batchNorm() {
    return new BatchNorm(0.9, 0.001, true, true, false, "");
  }

  /** Returns layer normalization along the last dimension, with epsilon 0.001. */
  public static LayerNorm layerNorm() {
    return new LayerNorm(0.001, "");
  }

  /** Returns group normalization with this many groups of channels, with epsilon 0.001. */
  public static GroupNorm groupNorm(int groups) {
    return new GroupNorm(groups, 0.001, "");
  }

  /** Returns dropout that sets this share of the values to zero, from 0 to below 1. */
  public static Dropout dropout(double rate) {
    return new Dropout(rate, List.of());
  }

  /** Returns dropout that keeps this share of the values, above 0 and at most 1. */
  public static Dropout dropoutKeeping(double keepProbability) {
    return Dropout.keeping(keepProbability);
  }

  /** Returns dropout that sets this share of the channels to zero, from 0 to below 1. */
  public static SpatialDropout spatialDropout(double rate) {
    return new SpatialDropout(rate);
  }

  /** Returns a layer that adds normal noise with this standard deviation in training. */
  public static GaussianNoise gaussianNoise(double stddev) {
    return new GaussianNoise(stddev);
  }

  /** Returns a layer that multiplies each value by this factor. */
  public static Rescaling rescaling(double scale) {
    return rescaling(scale, 0);
  }

  /** Returns a layer that computes {@code x * scale + offset}. */
  public static Rescaling rescaling(double scale, double offset) {
    return new Rescaling(scale, offset);
  }

  /**
   * Returns a layer that multiplies each channel by a factor of its own and adds an offset of its
   * own: {@code x * scale[c] + offset[c]}.
   *
   * @param scale one factor for each channel
   * @param offset one offset for each channel
   */
  public static ChannelRescaling channelRescaling(List<Double> scale, List<Double> offset) {
    return new ChannelRescaling(scale, offset);
  }

  /**
   * Returns a layer that multiplies each channel by a trained factor.
   *
   * @param initial the factors' initial value, small if the layer ends a residual branch
   */
  public static LayerScale layerScale(double initial) {
    return new LayerScale(initial, "");
  }

  /**
   * Returns a layer that gives each example another shape with as many values: {@code reshape(7, 7,
   * 64)}. One size may be -1, which stands for the size that fits.
   */
  public static Reshape reshape(int... sizes) {
    return new Reshape(IntStream.of(sizes).boxed().toList());
  }

  /** Returns a layer that turns an image into a vector. */
  public static Flatten flatten() {
    return new Flatten();
  }

  /** Returns a fully connected layer; with bias, Glorot uniform. */
  public static Dense dense(int units) {
    return Dense.of(units);
  }

  /** Returns the activation {@code max(x, 0)}. */
  public static Relu relu() {
    return new Relu();
  }

  /** Returns the activation {@code min(max(x, 0), maxValue)}. */
  public static ClippedRelu relu(double maxValue) {
    return new ClippedRelu(maxValue);
  }

  /** Returns the activation {@code min(max(x, 0), 6)}. */
  public static ClippedRelu relu6() {
    return relu(6);
  }

  /** Returns the activation that is x if positive, otherwise {@code alpha * x}. */
  public static LeakyRelu leakyRelu(double alpha) {
    return new LeakyRelu(alpha);
  }

  /**
   * Returns the activation that is x if positive, otherwise {@code alpha * x}, with a trained alpha
   * for each value, which starts at 0.
   */
  public static PRelu prelu() {
    return PRelu.of();
  }

  /** Returns the activation that is x if positive, otherwise {@code exp(x) - 1}. */
  public static Elu elu() {
    return new Elu();
  }

  /** Returns the activation that is x times the normal distribution function of x. */
  public static Gelu gelu() {
    return new Gelu();
  }

  /** Returns the activation {@code x * sigmoid(x)}. */
  public static Swish swish() {
    return new Swish();
  }

  /** Returns the activation {@code x * sigmoid(x)}, under its other name. */
  public static Swish silu() {
    return swish();
  }

  /** Returns the activation {@code x * hardSigmoid(x)}. */
  public static HardSwish hardSwish() {
    return new HardSwish();
  }

  /** Returns the activation {@code log(1 + exp(x))}. */
  public static Softplus softplus() {
    return new Softplus();
  }

  /** Returns the activation {@code (x + 3) / 6}, at least 0 and at most 1. */
  public static HardSigmoid hardSigmoid() {
    return new HardSigmoid();
  }

  /** Returns no activation, {@code x}: what a layer has that is given none. */
  public static Linear linear() {
    return new Linear();
  }

  /** Returns the activation {@code 1 / (1 + exp(-x))}. */
  public static Sigmoid sigmoid() {
    return new Sigmoid();
  }

  /** Returns the hyperbolic tangent. */
  public static Tanh tanh() {
    return new Tanh();
  }

  /** Returns softmax along the last dimension. */
  public static Softmax softmax() {
    return new Softmax();
  }

  /**
   * Returns layers with a shortcut around them, which is a projection if the layers change the
   * shape.
   */
  public static Residual residual(Layer... layers) {
    return new Residual(List.of(layers), "");
  }

  /** Returns parallel branches whose outputs are concatenated along the channels. */
  public static Concat concat(Layer... branches) {
    return new Concat(List.of(branches), "");
  }

  /**
   * Returns consecutive layers that share their variables with every other use of this name in the
   * network.
   */
  public static Shared shared(String name, Layer... layers) {
    return new Shared(List.of(layers), name);
  }

  /**
   * Returns several consecutive layers as one layer, for example as a branch of {@link #concat}.
   */
  public static Sequence sequence(Layer... layers) {
    return new Sequence(List.of(layers), "");
  }
}
