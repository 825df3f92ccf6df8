package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.cropping;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.dropoutKeeping;
import static io.github.convnet4j.layer.Layers.gaussianNoise;
import static io.github.convnet4j.layer.Layers.globalMaxPool;
import static io.github.convnet4j.layer.Layers.groupNorm;
import static io.github.convnet4j.layer.Layers.layerNorm;
import static io.github.convnet4j.layer.Layers.leakyRelu;
import static io.github.convnet4j.layer.Layers.prelu;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.rescaling;
import static io.github.convnet4j.layer.Layers.reshape;
import static io.github.convnet4j.layer.Layers.spatialDropout;
import static io.github.convnet4j.layer.Layers.upsampling;
import static io.github.convnet4j.layer.Layers.zeroPadding;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Messages about a layer's arguments and inputs name the argument and its value. */
class LayerMistakesTest {
  private static Arguments argument(String name, String value, Executable description) {
    return Arguments.of(name, value, description);
  }

  static Stream<Arguments> arguments() {
    return Stream.of(
        argument("conv2d: groups", "0", () -> conv2d(4, 3).groups(0)),
        argument("conv2d: filters", "4", () -> conv2d(4, 3).groups(3)),
        argument("conv2d_transpose: filters", "0", () -> conv2dTranspose(0, 3)),
        argument("conv2d_transpose: l2", "-0.1", () -> conv2dTranspose(1, 3).l2(-0.1)),
        argument("window: height", "0", () -> conv2dTranspose(1, 0)),
        argument("window: stride width", "-1", () -> conv2dTranspose(1, 3).stride(1, -1)),
        argument("depthMultiplier", "0", () -> depthwiseConv2d(3).depthMultiplier(0)),
        argument("window: width", "0", () -> depthwiseConv2d(3, 0)),
        argument("depthwise_conv2d: name", "a/b", () -> depthwiseConv2d(3).name("a/b")),
        argument("upsampling: rows", "0", () -> upsampling(0, 2)),
        argument("upsampling: columns", "-2", () -> upsampling(1, -2)),
        argument("margins: top", "-1", () -> zeroPadding(-1)),
        argument("margins: left", "-1", () -> zeroPadding(0).left(-1)),
        argument("margins: bottom", "-2", () -> cropping(0).bottom(-2)),
        argument("margins: right", "-3", () -> cropping(1).right(-3)),
        argument("reshape: sizes", "[]", () -> reshape()),
        argument("reshape: sizes", "[2, 0]", () -> reshape(2, 0)),
        argument("reshape: sizes", "[-2, 4]", () -> reshape(-2, 4)),
        argument("reshape: sizes", "[-1, 2, -1]", () -> reshape(-1, 2, -1)),
        argument("layer_norm: epsilon", "0.0", () -> layerNorm().epsilon(0)),
        argument("layer_norm: name", "a b", () -> layerNorm().name("a b")),
        argument("group_norm: groups", "0", () -> groupNorm(0)),
        argument("group_norm: epsilon", "NaN", () -> groupNorm(1).epsilon(Double.NaN)),
        argument("prelu: sharedAxes", "[0]", () -> prelu().sharedAxes(0)),
        argument("prelu: sharedAxes", "[1, 1]", () -> prelu().sharedAxes(1, 1)),
        argument("clipped_relu: maxValue", "0.0", () -> relu(0)),
        argument("clipped_relu: maxValue", "Infinity", () -> relu(Double.POSITIVE_INFINITY)),
        argument("spatial_dropout: rate", "1.0", () -> spatialDropout(1)),
        argument("spatial_dropout: rate", "-0.5", () -> spatialDropout(-0.5)),
        argument("gaussian_noise: stddev", "-0.5", () -> gaussianNoise(-0.5)),
        argument("rescaling: scale", "NaN", () -> rescaling(Double.NaN)),
        argument("rescaling: offset", "Infinity", () -> rescaling(1, Double.POSITIVE_INFINITY)));
  }

  /** Doubles that a float32 cannot hold would be 0, 1 or infinite in the graph. */
  static Stream<Arguments> numbersThatNoFloatHolds() {
    return Stream.of(
        argument("dropout: rate", "0.999999999", () -> dropout(0.999999999)),
        argument("dropout: rate", "0.9999999999", () -> dropoutKeeping(1e-10)),
        argument("spatial_dropout: rate", "0.999999999", () -> spatialDropout(0.999999999)),
        argument("batch_norm: momentum", "0.999999999", () -> batchNorm().momentum(0.999999999)),
        argument("batch_norm: epsilon", "1.0E-60", () -> batchNorm().epsilon(1e-60)),
        argument("layer_norm: epsilon", "1.0E-60", () -> layerNorm().epsilon(1e-60)),
        argument("dense: l2", "1.0E60", () -> dense(1).l2(1e60)),
        argument("leaky_relu: alpha", "1.0E60", () -> leakyRelu(1e60)),
        argument("clipped_relu: maxValue", "1.0E-60", () -> relu(1e-60)),
        argument("gaussian_noise: stddev", "1.0E60", () -> gaussianNoise(1e60)),
        argument("rescaling: scale", "-1.0E60", () -> rescaling(-1e60)));
  }

  @ParameterizedTest
  @MethodSource({"arguments", "numbersThatNoFloatHolds"})
  void messagesNameTheArgumentAndItsValue(String name, String value, Executable description) {
    String message = assertThrows(IllegalArgumentException.class, description).getMessage();
    assertTrue(message.contains(name) && message.endsWith(": " + value), message);
  }

  private static final Shape IMAGE = Shape.of(4, 6, 4);
  private static final Shape VECTOR = Shape.of(6);

  /** Each line: a layer, an input that it cannot take, and parts of the message. */
  static Stream<Arguments> inputs() {
    return Stream.of(
        Arguments.of(conv2d(6, 3).groups(3), IMAGE, new String[] {"groups", "4: 3"}),
        Arguments.of(groupNorm(3), IMAGE, new String[] {"groups", "4: 3"}),
        Arguments.of(groupNorm(8), IMAGE, new String[] {"groups", "4: 8"}),
        Arguments.of(groupNorm(4), VECTOR, new String[] {"groups", "6: 4"}),
        Arguments.of(groupNorm(1), Shape.of(3, 4), new String[] {"[height, width, channels]"}),
        Arguments.of(
            depthwiseConv2d(5).padding(Padding.VALID), IMAGE, new String[] {"VALID", "5x5", "4x6"}),
        Arguments.of(cropping(2), IMAGE, new String[] {"margins", "4x6", "4 rows"}),
        Arguments.of(cropping(0).right(6), IMAGE, new String[] {"margins", "4x6", "6 columns"}),
        Arguments.of(
            cropping(Integer.MAX_VALUE), IMAGE, new String[] {"margins", "4294967294 rows"}),
        Arguments.of(reshape(5, 19), IMAGE, new String[] {"96", "[5, 19]", "95"}),
        Arguments.of(reshape(5, -1), IMAGE, new String[] {"96", "[5, -1]", "a multiple of 5"}),
        Arguments.of(prelu().sharedAxes(1, 2), VECTOR, new String[] {"sharedAxes", "to 1: 2"}));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void messagesSayWhatDoesNotFitTheInput(Layer layer, Shape input, String... parts) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> layer.outputShape(input)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  static Stream<Layer> layersOfImages() {
    return Stream.of(
        conv2dTranspose(1, 1),
        depthwiseConv2d(1),
        upsampling(1),
        zeroPadding(0),
        cropping(0),
        globalMaxPool(),
        spatialDropout(0));
  }

  @ParameterizedTest
  @MethodSource("layersOfImages")
  void takesImagesOnly(Layer layer) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> layer.outputShape(VECTOR)).getMessage();
    assertTrue(message.contains(layer.kind()) && message.contains("flatten()"), message);
  }
}
