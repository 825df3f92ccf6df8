package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.averagePool;
import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.sequence;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.model.NetworkRun;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Results of the layers with windows or weights, small enough to check by hand. */
class ForwardTest {
  private static final float[] ONE_TO_NINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  private static final Shape IMAGE = Shape.of(3, 3, 1);

  private static float[] forward(Shape input, Layer layer, float... values) {
    try (NetworkRun run = NetworkRun.of(input, 1, Mode.INFERENCE, layer)) {
      float[] output = run.forward(values);
      assertEquals(layer.outputShape(input).size(), output.length);
      return output;
    }
  }

  private static Conv2d ones(Conv2d layer) {
    return layer.kernelInitializer(Initializers.ones());
  }

  @Test
  void validConvolutionSumsEachWindow() {
    // 1 + 2 + 4 + 5, 2 + 3 + 5 + 6; 4 + 5 + 7 + 8, 5 + 6 + 8 + 9
    assertArrayEquals(
        new float[] {12, 16, 24, 28},
        forward(IMAGE, ones(conv2d(1, 2)).padding(Padding.VALID), ONE_TO_NINE));
  }

  @Test
  void sameConvolutionPadsWithZerosBelowAndToTheRight() {
    assertArrayEquals(
        new float[] {12, 16, 9, 24, 28, 15, 15, 17, 9},
        forward(IMAGE, ones(conv2d(1, 2)), ONE_TO_NINE));
  }

  @Test
  void strideSkipsPositions() {
    assertArrayEquals(
        new float[] {12, 9, 15, 9}, forward(IMAGE, ones(conv2d(1, 2)).stride(2), ONE_TO_NINE));
  }

  @Test
  void rectangularKernelSumsRows() {
    assertArrayEquals(
        new float[] {6, 15, 24},
        forward(IMAGE, ones(conv2d(1, 1, 3)).padding(Padding.VALID), ONE_TO_NINE));
  }

  @Test
  void dilatedKernelSumsTheCorners() {
    // 1 + 3 + 7 + 9
    assertArrayEquals(
        new float[] {20},
        forward(IMAGE, ones(conv2d(1, 2)).dilation(2).padding(Padding.VALID), ONE_TO_NINE));
  }

  @Test
  void dilatedKernelPadsOnBothSides() {
    // The padding is one zero on each side: the window's elements are at the offsets -1 and 1.
    assertArrayEquals(
        new float[] {5, 4 + 6, 5, 2 + 8, 20, 2 + 8, 5, 4 + 6, 5},
        forward(IMAGE, ones(conv2d(1, 2)).dilation(2), ONE_TO_NINE));
  }

  @Test
  void biasIsAddedToEachFilter() {
    try (NetworkRun run =
        NetworkRun.of(IMAGE, 1, Mode.INFERENCE, conv2d(2, 3).padding(Padding.VALID))) {
      run.set("conv2d/kernel", new float[18]).set("conv2d/bias", 0.5f, -2);
      assertArrayEquals(new float[] {0.5f, -2}, run.forward(ONE_TO_NINE));
    }
  }

  @Test
  void separableConvolutionSumsEachChannelThenCombinesThem() {
    Layer layer = separableConv2d(1, 2).padding(Padding.VALID);
    try (NetworkRun run = NetworkRun.of(Shape.of(2, 2, 2), 1, Mode.INFERENCE, layer)) {
      run.set("separable_conv2d/depthwise", 1, 1, 1, 1, 1, 1, 1, 1)
          .set("separable_conv2d/pointwise", 1, 10)
          .set("separable_conv2d/bias", 0.5f);
      // Channel 0 sums to 1 + 2 + 3 + 4, channel 1 to 5 + 6 + 7 + 8.
      assertArrayEquals(new float[] {10 + 10 * 26 + 0.5f}, run.forward(1, 5, 2, 6, 3, 7, 4, 8));
    }
  }

  @Test
  void maxPoolTakesTheLargestOfEachWindow() {
    // The slice from the lecture.
    float[] slice = {1, 1, 2, 4, 5, 6, 7, 8, 3, 2, 1, 0, 1, 2, 3, 4};
    assertArrayEquals(new float[] {6, 8, 3, 4}, forward(Shape.of(4, 4, 1), maxPool(2), slice));
  }

  @Test
  void samePoolingIgnoresThePadding() {
    float[] negative = {-1, -2, -3, -4, -5, -6, -7, -8, -9};
    assertArrayEquals(new float[] {-1, -3, -7, -9}, forward(IMAGE, maxPool(2), negative));
    assertArrayEquals(new float[] {3, 4.5f, 7.5f, 9}, forward(IMAGE, averagePool(2), ONE_TO_NINE));
  }

  @Test
  void poolingHasItsOwnStrideAndPadding() {
    assertArrayEquals(
        new float[] {5, 6, 8, 9},
        forward(IMAGE, maxPool(2).stride(1).padding(Padding.VALID), ONE_TO_NINE));
    assertArrayEquals(
        new float[] {2, 5, 8},
        forward(IMAGE, averagePool(1, 3).padding(Padding.VALID), ONE_TO_NINE));
  }

  @Test
  void globalAveragePoolComputesTheMeanOfEachChannel() {
    assertArrayEquals(
        new float[] {2.5f, 25},
        forward(Shape.of(2, 2, 2), globalAveragePool(), 1, 10, 2, 20, 3, 30, 4, 40));
  }

  @Test
  void flattenKeepsTheOrder() {
    assertArrayEquals(ONE_TO_NINE, forward(IMAGE, flatten(), ONE_TO_NINE));
  }

  @Test
  void denseMultipliesAndAdds() {
    try (NetworkRun run = NetworkRun.of(Shape.of(2), 2, Mode.INFERENCE, dense(3))) {
      run.set("dense/kernel", 1, 2, 3, 10, 20, 30).set("dense/bias", 0.5f, 0, -0.5f);
      assertArrayEquals(
          new float[] {1 + 0.5f, 2, 3 - 0.5f, 20 + 0.5f, 40, 60 - 0.5f}, run.forward(1, 0, 0, 2));
    }
  }

  @Test
  void residualAddsItsInput() {
    assertArrayEquals(
        new float[] {12 + 1, 16 + 2, 9 + 3, 24 + 4, 28 + 5, 15 + 6, 15 + 7, 17 + 8, 9 + 9},
        forward(IMAGE, residual(ones(conv2d(1, 2))), ONE_TO_NINE));
  }

  @Test
  void residualProjectsItsInputIfItsLayersChangeTheShape() {
    Layer layer = residual(ones(conv2d(2, 2)).stride(2));
    try (NetworkRun run = NetworkRun.of(IMAGE, 1, Mode.INFERENCE, layer)) {
      run.set("residual/projection/kernel", 100, 1000);
      // The projection sees every other pixel: 1, 3, 7 and 9.
      assertArrayEquals(
          new float[] {
            12 + 100, 12 + 1000, 9 + 300, 9 + 3000, 15 + 700, 15 + 7000, 9 + 900, 9 + 9000
          },
          run.forward(ONE_TO_NINE));
    }
  }

  @Test
  void residualProjectsVectorsWithADenseLayer() {
    try (NetworkRun run =
        NetworkRun.of(Shape.of(2), 1, Mode.INFERENCE, residual(dense(1).withoutBias()))) {
      run.set("residual/dense/kernel", 1, 1).set("residual/projection/kernel", 10, 100);
      assertArrayEquals(new float[] {3 + 10 + 200}, run.forward(1, 2));
    }
  }

  @Test
  void concatJoinsTheChannelsOfItsBranches() {
    Layer layer =
        concat(sequence(), ones(conv2d(1, 2)), sequence(maxPool(2).stride(1), ones(conv2d(1, 1))));
    assertArrayEquals(
        new float[] {
          1, 12, 5, 2, 16, 6, 3, 9, 6, 4, 24, 8, 5, 28, 9, 6, 15, 9, 7, 15, 8, 8, 17, 9, 9, 9, 9
        },
        forward(IMAGE, layer, ONE_TO_NINE));
  }
}
