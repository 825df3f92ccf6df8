package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

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

  /** The same with this stride in both directions. */
  public MaxPool stride(int stride) {
    return stride(stride, stride);
  }

  /** The same with this stride. */
  public MaxPool stride(int rows, int columns) {
    return new MaxPool(window.stride(rows, columns));
  }

  /** The same with this padding. */
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
    return context
        .tf()
        .nn
        .maxPool(
            input,
            context.tf().array(1, window.height(), window.width(), 1),
            context.tf().array(1, window.strideHeight(), window.strideWidth(), 1),
            window.padding().name());
  }
}
