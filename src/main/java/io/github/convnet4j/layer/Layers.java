package io.github.convnet4j.layer;

import java.util.List;

/**
 * Creates the built-in layers; intended for {@code import static}. Options are set with methods
 * that return a copy: {@code conv2d(32, 3).stride(2).withoutBias()}.
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
    return new GlobalAveragePool();
  }

  /**
   * Returns batch normalization with momentum 0.9 and epsilon 0.001. Keras has a momentum of 0.99:
   * after a hundred steps the moving statistics still contain a third of their initial values, so
   * evaluations after a short run are wrong.
   */
  public static BatchNorm batchNorm() {
    return new BatchNorm(0.9f, 0.001f, "");
  }

  /** Returns dropout that sets this share of the values to zero, from 0 to below 1. */
  public static Dropout dropout(float rate) {
    return new Dropout(rate);
  }

  /** Returns dropout that keeps this share of the values, above 0 and at most 1. */
  public static Dropout dropoutKeeping(float keepProbability) {
    return Dropout.keeping(keepProbability);
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

  /** Returns the activation that is x if positive, otherwise {@code alpha * x}. */
  public static LeakyRelu leakyRelu(float alpha) {
    return new LeakyRelu(alpha);
  }

  /** Returns the activation that is x if positive, otherwise {@code exp(x) - 1}. */
  public static Elu elu() {
    return new Elu();
  }

  /** Returns the activation that is x times the normal distribution function of x. */
  public static Gelu gelu() {
    return new Gelu();
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
