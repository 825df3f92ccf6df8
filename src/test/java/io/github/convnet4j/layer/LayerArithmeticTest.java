package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.cropping;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.globalMaxPool;
import static io.github.convnet4j.layer.Layers.groupNorm;
import static io.github.convnet4j.layer.Layers.layerNorm;
import static io.github.convnet4j.layer.Layers.prelu;
import static io.github.convnet4j.layer.Layers.reshape;
import static io.github.convnet4j.layer.Layers.upsampling;
import static io.github.convnet4j.layer.Layers.zeroPadding;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.model.NetworkRun;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Output shapes, parameters and multiply-adds, and values that can be checked by hand. */
class LayerArithmeticTest {
  private static final Shape IMAGE = Shape.of(5, 7, 4);

  /** Each line: a layer, its output shape for the image, its parameters' sizes, multiply-adds. */
  static Stream<Arguments> inferred() {
    return Stream.of(
        // Each of 5 * 7 * 4 pixels is multiplied with 3 * 2 elements for each of 6 filters.
        Arguments.of(
            conv2dTranspose(6, 3, 2).stride(2, 3),
            Shape.of(5 * 2, 7 * 3, 6),
            List.of(3 * 2 * 6 * 4L, 6L),
            5 * 7 * 4 * 3 * 2 * 6),
        // A window of 3 reaches one row beyond 5 * 2; one of 2 does not reach beyond 7 * 3.
        Arguments.of(
            conv2dTranspose(6, 3, 2).stride(2, 3).padding(Padding.VALID).withoutBias(),
            Shape.of(5 * 2 + 1, 7 * 3, 6),
            List.of(3 * 2 * 6 * 4L),
            5 * 7 * 4 * 3 * 2 * 6),
        Arguments.of(
            depthwiseConv2d(3).depthMultiplier(2).stride(2),
            Shape.of(3, 4, 8),
            List.of(3 * 3 * 4 * 2L, 8L),
            3 * 4 * 8 * 9),
        Arguments.of(
            conv2d(6, 3).groups(2),
            Shape.of(5, 7, 6),
            List.of(3 * 3 * 2 * 6L, 6L),
            5 * 7 * 6 * 9 * 2),
        Arguments.of(upsampling(2, 3), Shape.of(10, 21, 4), List.of(), 0),
        Arguments.of(zeroPadding(1, 2).top(3), Shape.of(9, 11, 4), List.of(), 0),
        Arguments.of(cropping(1, 2).top(3), Shape.of(1, 3, 4), List.of(), 0),
        Arguments.of(globalMaxPool(), Shape.of(4), List.of(), 0),
        Arguments.of(reshape(7, -1, 2, 5), Shape.of(7, 2, 2, 5), List.of(), 0),
        Arguments.of(layerNorm(), IMAGE, List.of(4L, 4L), 0),
        Arguments.of(groupNorm(4), IMAGE, List.of(4L, 4L), 0),
        Arguments.of(prelu(), IMAGE, List.of(140L), 0),
        Arguments.of(prelu().sharedAxes(1, 2), IMAGE, List.of(4L), 0),
        Arguments.of(prelu().sharedAxes(2), IMAGE, List.of(20L), 0));
  }

  @ParameterizedTest
  @MethodSource("inferred")
  void infers(Layer layer, Shape output, List<Long> parameters, long multiplyAdds) {
    assertEquals(output, layer.outputShape(IMAGE));
    assertEquals(parameters, layer.parameters(IMAGE).stream().map(Parameter::size).toList());
    assertEquals(multiplyAdds, layer.multiplyAdds(IMAGE));
  }

  private static float[] forward(Shape input, Layer layer, float... values) {
    try (NetworkRun run = NetworkRun.of(input, 1, Mode.INFERENCE, layer)) {
      return run.forward(values);
    }
  }

  @Test
  void transposedConvolutionAddsAWindowForEachPixel() {
    Conv2dTranspose ones = conv2dTranspose(1, 1, 3).kernelInitializer(Initializers.ones());
    Shape row = Shape.of(1, 2, 1);
    // 1 1 1 at the first pixel and 10 10 10 two columns further.
    assertArrayEquals(
        new float[] {1, 1, 11, 10, 10},
        forward(row, ones.stride(1, 2).padding(Padding.VALID), 1, 10));
    assertArrayEquals(new float[] {1, 1, 11, 10}, forward(row, ones.stride(1, 2), 1, 10));
    // The row of zeros is what the larger stride leaves between the windows.
    assertArrayEquals(
        new float[] {1, 1, 1, 0, 10, 10, 10, 0}, forward(row, ones.stride(1, 4), 1, 10));
  }

  @Test
  void upsamplingRepeatsOrInterpolates() {
    Shape row = Shape.of(1, 2, 1);
    assertArrayEquals(new float[] {1, 1, 5, 5}, forward(row, upsampling(1, 2), 1, 5));
    // The new centers are at a quarter and three quarters of the old pixels.
    assertArrayEquals(
        new float[] {1, 2, 4, 5}, forward(row, upsampling(1, 2).bilinear(), 1, 5), 1e-6f);
  }

  @Test
  void paddingAndCroppingAreOpposites() {
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0},
        forward(Shape.of(1, 1, 1), zeroPadding(1).bottom(2), 7));
    Layer both = Layers.sequence(zeroPadding(2).top(0), cropping(2).top(0));
    assertArrayEquals(new float[] {1, 2, 3, 4}, forward(Shape.of(2, 2, 1), both, 1, 2, 3, 4));
  }

  @Test
  void globalMaxPoolTakesTheLargestOfEachChannel() {
    assertArrayEquals(
        new float[] {-1, 40},
        forward(Shape.of(2, 2, 2), globalMaxPool(), -1, 10, -2, 40, -3, 20, -4, 30));
  }

  @Test
  void layerNormStandardizesEachPixel() {
    // 1, 3 and 10, 30 become -1, 1, times gamma 1 and plus beta 0, for a small epsilon.
    assertArrayEquals(
        new float[] {-1, 1, -1, 1},
        forward(Shape.of(1, 2, 2), layerNorm().epsilon(1e-9), 1, 3, 10, 30),
        1e-6f);
    // 2 / sqrt(4 + 5)
    assertArrayEquals(
        new float[] {-2 / 3f, 2 / 3f}, forward(Shape.of(2), layerNorm().epsilon(5), 1, 5), 1e-6f);
  }

  @Test
  void groupNormStandardizesNeighboringChannels() {
    assertArrayEquals(
        new float[] {-1, 1, -1, 1},
        forward(Shape.of(4), groupNorm(2).epsilon(1e-9), 1, 3, 10, 30),
        1e-6f);
  }
}
