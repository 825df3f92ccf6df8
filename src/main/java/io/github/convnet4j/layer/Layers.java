package io.github.convnet4j.layer;

import java.util.List;

/**
 * The built-in layers by name, made for {@code import static}. Options follow as methods that give
 * a changed copy: {@code conv2d(32, 3).stride(2).withoutBias()}.
 *
 * <p>Convolution and pooling pad with SAME unless told otherwise, as the networks of most papers
 * do; Keras pads with VALID.
 */
public final class Layers {
  private Layers() {}

  /** Convolution with a square kernel; stride 1, SAME, with bias, Glorot uniform. */
  public static Conv2d conv2d(int filters, int kernelSize) {
    return conv2d(filters, kernelSize, kernelSize);
  }

  /** Convolution with a kernel of this height and width; stride 1, SAME, with bias. */
  public static Conv2d conv2d(int filters, int kernelHeight, int kernelWidth) {
    return Conv2d.of(filters, kernelHeight, kernelWidth);
  }

  /** Depthwise-separable convolution with a square kernel; stride 1, SAME, with bias. */
  public static SeparableConv2d separableConv2d(int filters, int kernelSize) {
    return SeparableConv2d.of(filters, kernelSize, kernelSize);
  }

  /** Max pooling over squares, whose size is the stride; SAME. */
  public static MaxPool maxPool(int size) {
    return maxPool(size, size);
  }

  /** Max pooling over windows of this height and width, which are the stride; SAME. */
  public static MaxPool maxPool(int height, int width) {
    return new MaxPool(Window.of(height, width).stride(height, width));
  }

  /** Average pooling over squares, whose size is the stride; SAME. */
  public static AveragePool averagePool(int size) {
    return averagePool(size, size);
  }

  /** Average pooling over windows of this height and width, which are the stride; SAME. */
  public static AveragePool averagePool(int height, int width) {
    return new AveragePool(Window.of(height, width).stride(height, width));
  }

  /** The mean of each channel. */
  public static GlobalAveragePool globalAveragePool() {
    return new GlobalAveragePool();
  }

  /**
   * Batch normalisation; momentum 0.9, epsilon 0.001. Keras has a momentum of 0.99, which after a
   * hundred steps still holds a third of the first values, and evaluates short trainings wrongly.
   */
  public static BatchNorm batchNorm() {
    return new BatchNorm(0.9f, 0.001f, "");
  }

  /** Dropout by the share of values set to zero, from 0 to below 1. */
  public static Dropout dropout(float rate) {
    return new Dropout(rate);
  }

  /** Dropout by the share of values kept, above 0, at most 1. */
  public static Dropout dropoutKeeping(float keepProbability) {
    return Dropout.keeping(keepProbability);
  }

  /** An image as a vector. */
  public static Flatten flatten() {
    return new Flatten();
  }

  /** A fully connected layer; with bias, Glorot uniform. */
  public static Dense dense(int units) {
    return Dense.of(units);
  }

  /** {@code max(x, 0)}. */
  public static Relu relu() {
    return new Relu();
  }

  /** x where positive, else {@code alpha * x}. */
  public static LeakyRelu leakyRelu(float alpha) {
    return new LeakyRelu(alpha);
  }

  /** x where positive, else {@code exp(x) - 1}. */
  public static Elu elu() {
    return new Elu();
  }

  /** x times the normal distribution function of x. */
  public static Gelu gelu() {
    return new Gelu();
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public static Sigmoid sigmoid() {
    return new Sigmoid();
  }

  /** The hyperbolic tangent. */
  public static Tanh tanh() {
    return new Tanh();
  }

  /** Probabilities along the last dimension. */
  public static Softmax softmax() {
    return new Softmax();
  }

  /** Layers with a shortcut around them, projected where they change the shape. */
  public static Residual residual(Layer... layers) {
    return new Residual(List.of(layers), "");
  }

  /** Branches on the same input, joined along the channels. */
  public static Concat concat(Layer... branches) {
    return new Concat(List.of(branches), "");
  }

  /** Layers one after another as one layer, for a branch of several. */
  public static Sequence sequence(Layer... layers) {
    return new Sequence(List.of(layers), "");
  }
}
