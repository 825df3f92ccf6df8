package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.averagePool;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.upsampling;
import static io.github.convnet4j.layer.Layers.zeroPadding;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Windows, strides and dilations beyond the image would crash the process if they were built. */
class WindowLimitsTest {
  private static final Shape IMAGE = Shape.of(28, 20, 3);
  private static final int HUGE = Integer.MAX_VALUE;

  static List<Layer> rejectsWindowsBeyondTheImage() {
    return List.of(
        conv2d(4, 3).stride(HUGE),
        conv2d(4, 3).stride(1, HUGE),
        conv2d(4, 3).stride(29, 1),
        conv2d(4, 3).stride(1, 21),
        conv2d(4, 3).stride(HUGE).padding(Padding.VALID),
        conv2d(4, 3).dilation(HUGE),
        conv2d(4, 1).dilation(HUGE),
        conv2d(4, 1).dilation(1, HUGE).padding(Padding.VALID),
        separableConv2d(4, 3).stride(HUGE),
        depthwiseConv2d(3).stride(HUGE),
        depthwiseConv2d(57),
        conv2dTranspose(4, 57),
        conv2dTranspose(4, 1, 41),
        maxPool(2).stride(HUGE),
        maxPool(HUGE),
        maxPool(57).stride(1),
        averagePool(HUGE).stride(1),
        averagePool(2).stride(1, HUGE));
  }

  @ParameterizedTest
  @MethodSource
  void rejectsWindowsBeyondTheImage(Layer layer) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> layer.outputShape(IMAGE)).getMessage();
    assertTrue(message.contains("window") || message.contains("stride"), message);
  }

  static List<Layer> rejectsImagesThatGetTooLarge() {
    return List.of(
        conv2dTranspose(4, 3).stride(HUGE),
        conv2dTranspose(4, 3).stride(1, HUGE).padding(Padding.VALID),
        conv2dTranspose(4, HUGE).padding(Padding.VALID),
        conv2dTranspose(HUGE, 3),
        depthwiseConv2d(3).depthMultiplier(HUGE),
        upsampling(HUGE),
        upsampling(1, HUGE).bilinear(),
        upsampling(2_000),
        zeroPadding(HUGE),
        zeroPadding(0).left(HUGE),
        zeroPadding(20_000));
  }

  @ParameterizedTest
  @MethodSource
  void rejectsImagesThatGetTooLarge(Layer layer) {
    Input image = Nodes.input("image", IMAGE.asArray());
    String message =
        assertThrows(IllegalArgumentException.class, () -> image.then(layer)).getMessage();
    assertTrue(message.contains("2,147,483,647"), message);
  }

  static List<Layer> acceptsWindowsThatNetworksUse() {
    return List.of(
        conv2d(4, 3),
        conv2d(4, 11).stride(4),
        conv2d(4, 3).dilation(8),
        conv2d(4, 3).stride(20, 20),
        depthwiseConv2d(5).stride(2),
        conv2dTranspose(4, 4).stride(2),
        conv2dTranspose(4, 2).stride(8),
        conv2dTranspose(4, 31).padding(Padding.VALID),
        maxPool(3).stride(2),
        maxPool(20, 20),
        averagePool(7).stride(1));
  }

  @ParameterizedTest
  @MethodSource
  void acceptsWindowsThatNetworksUse(Layer layer) {
    assertEquals(3, layer.outputShape(IMAGE).numDimensions());
  }

  /** Five poolings reduce 28x28 to one pixel, and networks still apply windows of 3 and 5 to it. */
  @Test
  void acceptsSmallWindowsOnASinglePixel() {
    Shape pixel = Shape.of(1, 1, 8);
    assertEquals(pixel, maxPool(2).outputShape(pixel));
    assertEquals(pixel, conv2d(8, 5).outputShape(pixel));
    assertEquals(pixel, conv2d(8, 3).stride(2).outputShape(pixel));
    assertThrows(IllegalArgumentException.class, () -> conv2d(8, 3).stride(4).outputShape(pixel));
  }
}
