package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.averagePool;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.dropoutKeeping;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.leakyRelu;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.sequence;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Padding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.ndarray.Shape;

/** Mistakes are found when the network is described; the message names the layer and the remedy. */
class NetworkMistakesTest {
  private static final Shape IMAGE = Shape.of(8, 8, 3);

  private static void assertRejected(List<String> parts, Shape input, Layer... layers) {
    assertRejected(() -> Network.of(input, layers), parts.toArray(String[]::new));
  }

  private static void assertRejected(Executable description, String... parts) {
    String message = assertThrows(IllegalArgumentException.class, description).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  private static void assertArgument(String argument, String value, Executable description) {
    String message = assertThrows(IllegalArgumentException.class, description).getMessage();
    assertTrue(message.startsWith(argument) && message.endsWith(": " + value), message);
  }

  @Test
  void denseOnAnImage() {
    assertRejected(
        List.of("layer 3, dense", "[4, 4, 3]", "flatten()", "globalAveragePool()"),
        IMAGE,
        maxPool(2),
        relu(),
        dense(10));
  }

  @Test
  void convolutionOnAVector() {
    assertRejected(
        List.of("layer 2, conv2d \"late\"", "[192]", "flatten()"),
        IMAGE,
        flatten(),
        conv2d(8, 3).name("late"));
  }

  @Test
  void imageWithoutChannels() {
    assertRejected(
        List.of("layer 1, conv2d", "[28, 28]", "[28, 28, 1]"), Shape.of(28, 28), conv2d(8, 3));
  }

  @Test
  void poolsAndSeparableConvolutionsOnAVector() {
    Shape vector = Shape.of(4);
    assertRejected(List.of("layer 1, max_pool", "[4]", "flatten()"), vector, maxPool(2));
    assertRejected(List.of("layer 1, average_pool", "[4]", "flatten()"), vector, averagePool(2));
    assertRejected(
        List.of("layer 1, separable_conv2d", "[4]", "flatten()"), vector, separableConv2d(1, 1));
  }

  @Test
  void validKernelLargerThanTheImage() {
    assertRejected(
        List.of("layer 2, conv2d", "[4, 4, 3]", "VALID", "5x5", "4x4", "SAME"),
        IMAGE,
        maxPool(2),
        conv2d(8, 5).padding(Padding.VALID));
    assertRejected(
        List.of("layer 1, conv2d", "[8, 8, 3]", "VALID", "9x9", "8x8", "SAME"),
        IMAGE,
        conv2d(8, 3).dilation(4).padding(Padding.VALID));
    assertRejected(
        List.of("layer 1, max_pool", "[8, 8, 3]", "VALID", "9x1", "8x8", "SAME"),
        IMAGE,
        maxPool(9, 1).padding(Padding.VALID));
  }

  @Test
  void argumentsOfALayer() {
    assertArgument("conv2d: filters", "0", () -> conv2d(0, 3));
    assertArgument("separable_conv2d: filters", "-1", () -> separableConv2d(-1, 3));
    assertArgument("dense: units", "0", () -> dense(0));
    assertArgument("window: height", "0", () -> conv2d(8, 0));
    assertArgument("window: stride height", "0", () -> maxPool(2).stride(0));
    assertArgument("window: dilation width", "0", () -> conv2d(8, 3).dilation(1, 0));
    assertRejected(() -> conv2d(8, 3).stride(2).dilation(3), "stride 2x2", "dilation 3x3");
    assertArgument("dropout: rate", "1.0", () -> dropout(1));
    assertArgument("dropout: rate", "NaN", () -> dropout(Float.NaN));
    assertArgument("dropout: keepProbability", "0.0", () -> dropoutKeeping(0));
    assertArgument("conv2d: l2", "-0.1", () -> conv2d(8, 3).l2(-0.1));
    assertArgument("leaky_relu: alpha", "NaN", () -> leakyRelu(Float.NaN));
    assertArgument("batch_norm: momentum", "1.0", () -> batchNorm().momentum(1));
    assertArgument("batch_norm: epsilon", "0.0", () -> batchNorm().epsilon(0));
    assertArgument("normal: stddev", "-1.0", () -> Initializers.normal(-1));
    assertArgument(
        "constant: value", "Infinity", () -> Initializers.constant(Float.POSITIVE_INFINITY));
    assertArgument("concat: branches", "1", () -> concat(relu()));
    assertArgument("residual: layers", "0", () -> residual());
    assertArgument("dense: name", "a/b", () -> dense(1).name("a/b"));
  }

  @Test
  void branchesThatDoNotMatch() {
    assertRejected(
        List.of("layer 1, concat", "[8, 8, 3]", "SAME", "[[8, 8, 2], [4, 4, 2]]"),
        IMAGE,
        concat(conv2d(2, 1), conv2d(2, 1).stride(2)));
    assertRejected(
        List.of("layer 1, concat", "[8, 8, 3]", "SAME", "[[8, 8, 2], [192]]"),
        IMAGE,
        concat(conv2d(2, 1), flatten()));
    assertRejected(
        List.of("layer 1, concat", "branch 2, sequence: layer 2, dense", "[8, 8, 3]", "flatten()"),
        IMAGE,
        concat(relu(), sequence(relu(), dense(3))));
  }

  @Test
  void residualWithoutAPossibleShortcut() {
    assertRejected(
        List.of("layer 1, residual", "[8, 8, 3]", "[6, 6, 3]", "height of 6", "SAME"),
        IMAGE,
        residual(conv2d(3, 3).padding(Padding.VALID)));
    assertRejected(
        List.of("layer 1, residual", "[8, 8, 3]", "flatten", "[192]"), IMAGE, residual(flatten()));
  }

  @Test
  void twoLayersWithTheSameName() {
    assertRejected(
        List.of("layer 3, dense \"a\"", "layer 1 (conv2d)"),
        IMAGE,
        conv2d(1, 1).name("a"),
        flatten(),
        dense(1).name("a"));
    assertRejected(
        () -> residual(dense(1).name("a"), dense(1).name("a")),
        "layer 2, dense \"a\"",
        "layer 1 (dense)");
    assertRejected(() -> residual(dense(1).name("projection")), "residual: name", "projection");
  }

  @Test
  void weightsThatAreTooManyForAnArray() {
    assertRejected(
        List.of("layer 1, dense", "[100000]", "kernel", "2,147,483,647", "[100000, 100000]"),
        Shape.of(100_000),
        dense(100_000));
  }

  @Test
  void invalidInputShapes() {
    assertArgument("input", "[-1, 28, 28, 1]", () -> Network.of(Shape.of(-1, 28, 28, 1), relu()));
    assertArgument("input", "[]", () -> Network.of(Shape.scalar(), relu()));
    assertArgument("input", "[0]", () -> Network.of(Shape.of(0), relu()));
    assertArgument("layers", "[]", () -> Network.of(Shape.of(1)));
  }

  @Test
  void freezingUnknownLayers() {
    Network network = Network.of(IMAGE, conv2d(1, 1), relu());
    assertRejected(() -> network.freeze("conv1"), "freeze", "[conv2d]", "conv1");
    assertRejected(() -> network.freeze("relu"), "freeze", "[conv2d]", "relu");
  }
}
