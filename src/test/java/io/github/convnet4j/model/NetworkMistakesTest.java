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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.ndarray.Shape;

/** Each mistake is found when the network is described, and says what would fit. */
class NetworkMistakesTest {
  private static final Shape IMAGE = Shape.of(8, 8, 3);

  private static void refused(String message, Shape input, Layer... layers) {
    refused(message, () -> Network.of(input, layers));
  }

  private static void refused(String message, Executable description) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, description).getMessage());
  }

  @Test
  void denseOnAnImage() {
    refused(
        "layer 3, dense: [4, 4, 3] reached it: dense takes [n]: put flatten() or"
            + " globalAveragePool() before it",
        IMAGE,
        maxPool(2),
        relu(),
        dense(10));
  }

  @Test
  void convolutionOnAVector() {
    refused(
        "layer 2, conv2d \"late\": [192] reached it: conv2d takes [height, width, channels]: put"
            + " it before flatten()",
        IMAGE,
        flatten(),
        conv2d(8, 3).name("late"));
  }

  @Test
  void imageWithoutChannels() {
    refused(
        "layer 1, conv2d: [28, 28] reached it: conv2d takes [height, width, channels]: for grey"
            + " images give [28, 28, 1]",
        Shape.of(28, 28),
        conv2d(8, 3));
  }

  @Test
  void poolsAndSeparableConvolutionsOnAVector() {
    Shape vector = Shape.of(4);
    String hint = " takes [height, width, channels]: put it before flatten()";
    refused("layer 1, max_pool: [4] reached it: max_pool" + hint, vector, maxPool(2));
    refused("layer 1, average_pool: [4] reached it: average_pool" + hint, vector, averagePool(2));
    refused(
        "layer 1, separable_conv2d: [4] reached it: separable_conv2d" + hint,
        vector,
        separableConv2d(1, 1));
  }

  @Test
  void validKernelLargerThanTheImage() {
    refused(
        "layer 2, conv2d: [4, 4, 3] reached it: its VALID window covers 5x5: at most 4x4 would"
            + " fit, or padding SAME",
        IMAGE,
        maxPool(2),
        conv2d(8, 5).padding(Padding.VALID));
    refused(
        "layer 1, conv2d: [8, 8, 3] reached it: its VALID window covers 9x9: at most 8x8 would"
            + " fit, or padding SAME",
        IMAGE,
        conv2d(8, 3).dilation(4).padding(Padding.VALID));
    refused(
        "layer 1, max_pool: [8, 8, 3] reached it: its VALID window covers 9x1: at most 8x8 would"
            + " fit, or padding SAME",
        IMAGE,
        maxPool(9, 1).padding(Padding.VALID));
  }

  @Test
  void argumentsOfALayer() {
    refused("conv2d: filters must be at least 1: 0", () -> conv2d(0, 3));
    refused("separable_conv2d: filters must be at least 1: -1", () -> separableConv2d(-1, 3));
    refused("dense: units must be at least 1: 0", () -> dense(0));
    refused("window: height must be at least 1: 0", () -> conv2d(8, 0));
    refused("window: stride height must be at least 1: 0", () -> maxPool(2).stride(0));
    refused("window: dilation width must be at least 1: 0", () -> conv2d(8, 3).dilation(1, 0));
    refused(
        "window: stride 2x2 and dilation 3x3: one of them must be 1",
        () -> conv2d(8, 3).stride(2).dilation(3));
    refused(
        "dropout: rate, the share set to zero, must be from 0 to below 1: 1.0", () -> dropout(1));
    refused(
        "dropout: rate, the share set to zero, must be from 0 to below 1: NaN",
        () -> dropout(Float.NaN));
    refused("dropout: keep probability must be above 0, at most 1: 0.0", () -> dropoutKeeping(0));
    refused(
        "conv2d: l2 must be 0 or a positive, finite number: -0.1", () -> conv2d(8, 3).l2(-0.1f));
    refused(
        "leaky_relu: alpha must be 0 or a positive, finite number: NaN",
        () -> leakyRelu(Float.NaN));
    refused("batch_norm: momentum must be from 0 to below 1: 1.0", () -> batchNorm().momentum(1));
    refused("batch_norm: epsilon must be above 0: 0.0", () -> batchNorm().epsilon(0));
    refused(
        "normal: stddev must be 0 or a positive, finite number: -1.0",
        () -> Initializers.normal(-1));
    refused(
        "constant: value must be finite: Infinity",
        () -> Initializers.constant(Float.POSITIVE_INFINITY));
    refused("concat: branches must be at least 2: 1", () -> concat(relu()));
    refused("residual: give at least one layer to go around", () -> residual());
    refused(
        "dense: a name is made of letters, digits, '_', '.' and '-', not begun with '_' or '-':"
            + " a/b",
        () -> dense(1).name("a/b"));
  }

  @Test
  void branchesThatDoNotMatch() {
    refused(
        "layer 1, concat: [8, 8, 3] reached it: its branches give [[8, 8, 2], [4, 4, 2]]: they"
            + " must agree in all but the last dimension; use padding SAME and the same strides",
        IMAGE,
        concat(conv2d(2, 1), conv2d(2, 1).stride(2)));
    refused(
        "layer 1, concat: [8, 8, 3] reached it: its branches give [[8, 8, 2], [192]]: they must"
            + " agree in all but the last dimension; use padding SAME and the same strides",
        IMAGE,
        concat(conv2d(2, 1), flatten()));
    refused(
        "layer 1, concat: [8, 8, 3] reached it: branch 2, sequence: layer 2, dense: [8, 8, 3]"
            + " reached it: dense takes [n]: put flatten() or globalAveragePool() before it",
        IMAGE,
        concat(relu(), sequence(relu(), dense(3))));
  }

  @Test
  void residualThatNoShortcutReaches() {
    refused(
        "layer 1, residual: [8, 8, 3] reached it: its layers give [6, 6, 3], and no stride makes"
            + " height 6 of 8: use padding SAME inside",
        IMAGE,
        residual(conv2d(3, 3).padding(Padding.VALID)));
    refused(
        "layer 1, residual: [8, 8, 3] reached it: its layers give [192], which no shortcut can:"
            + " keep the number of dimensions, flatten after it",
        IMAGE,
        residual(flatten()));
  }

  @Test
  void twoLayersOfOneName() {
    refused(
        "layer 3, dense \"a\": layer 1 (conv2d) has this name too: give each its own",
        IMAGE,
        conv2d(1, 1).name("a"),
        flatten(),
        dense(1).name("a"));
    refused(
        "layer 2, dense \"a\": layer 1 (dense) has this name too: give each its own",
        () -> residual(dense(1).name("a"), dense(1).name("a")));
    refused(
        "residual: the name projection is its shortcut's: give the inner layer another",
        () -> residual(dense(1).name("projection")));
  }

  @Test
  void weightsBeyondAnArray() {
    refused(
        "layer 1, dense: [100000] reached it: kernel of shape [100000, 100000]: sizes must be at"
            + " least 1 and give at most 2,147,483,647 values",
        Shape.of(100_000),
        dense(100_000));
  }

  @Test
  void inputThatIsNone() {
    String hint = "input must be the shape of one example, sizes at least 1, without the batch: ";
    refused(hint + "[-1, 28, 28, 1]", Shape.of(-1, 28, 28, 1), relu());
    refused(hint + "[]", Shape.scalar(), relu());
    refused(hint + "[0]", Shape.of(0), relu());
    refused("a network needs at least one layer", Shape.of(1));
  }

  @Test
  void freezingWhatIsNotThere() {
    Network network = Network.of(IMAGE, conv2d(1, 1), relu());
    refused(
        "freeze: no layer with variables is called conv1; there are [conv2d]",
        () -> network.freeze("conv1"));
    refused(
        "freeze: no layer with variables is called relu; there are [conv2d]",
        () -> network.freeze("relu"));
  }
}
