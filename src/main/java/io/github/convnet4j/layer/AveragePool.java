package io.github.convnet4j.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The mean of each window, channel by channel: {@code [height, width, channels] -> [height',
 * width', channels]}. Padding does not count: at the edge the mean includes only the pixels inside
 * the image.
 *
 * @param window size, stride and padding; no dilation
 */
public record AveragePool(Window window) implements Layer {
  /** Checks the settings. */
  public AveragePool {
    window.checkDense("average_pool");
  }

  /** Returns a copy with this stride in both directions. */
  public AveragePool stride(int stride) {
    return stride(stride, stride);
  }

  /** Returns a copy with this stride. */
  public AveragePool stride(int rows, int columns) {
    return new AveragePool(window.stride(rows, columns));
  }

  /** Returns a copy with this padding. */
  public AveragePool padding(Padding padding) {
    return new AveragePool(window.padding(padding));
  }

  @Override
  public String kind() {
    return "average_pool";
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
        .avgPool(input, window.sizes(), window.strides(), window.padding().name());
  }
}
