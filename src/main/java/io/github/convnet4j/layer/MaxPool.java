package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The largest value in each window, channel by channel: {@code [height, width, channels] ->
 * [height', width', channels]}.
 *
 * @param window size, stride and padding; no dilation
 */
public record MaxPool(Window window) implements Layer {
  /** Checks the settings. */
  public MaxPool {
    window.checkDense("max_pool");
  }

  /** Returns a copy with this stride in both directions. */
  public MaxPool stride(int stride) {
    return stride(stride, stride);
  }

  /** Returns a copy with this stride. */
  public MaxPool stride(int rows, int columns) {
    return new MaxPool(window.stride(rows, columns));
  }

  /** Returns a copy with this padding. */
  public MaxPool padding(Padding padding) {
    return new MaxPool(window.padding(padding));
  }

  @Override
  public String kind() {
    return "max_pool";
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.image(input, kind());
    return window.outputShape(kind(), input, input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    return Bfloat16.source(input)
        .map(narrow -> Bfloat16.widen(context.tf(), pooled(context, narrow)))
        .orElseGet(() -> pooled(context, input));
  }

  private <T extends TNumber> Operand<T> pooled(LayerContext context, Operand<T> input) {
    Ops tf = context.tf();
    return context.uses(Rewrite.MAX_POOL_BY_ONE_DNN)
        ? firstVersion(tf, input)
        : tf.nn.maxPool(
            input,
            tf.array(1, window.height(), window.width(), 1),
            tf.array(1, window.strideHeight(), window.strideWidth(), 1),
            window.padding().name());
  }

  /** Adds version 1 of the operation, for which TensorFlow Java has no method. */
  private <T extends TNumber> Operand<T> firstVersion(Ops tf, Operand<T> input) {
    OperationBuilder builder = tf.scope().opBuilder("MaxPool", "MaxPool");
    builder.addInput(input.asOutput());
    builder.setAttr("ksize", new long[] {1, window.height(), window.width(), 1});
    builder.setAttr("strides", new long[] {1, window.strideHeight(), window.strideWidth(), 1});
    builder.setAttr("padding", window.padding().name());
    return builder.build().output(0);
  }
}
