package io.github.convnet4j.networks;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.relu6;
import static io.github.convnet4j.layer.Layers.zeroPadding;

import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.layer.Padding;
import io.github.convnet4j.layer.ZeroPadding;
import io.github.convnet4j.model.Network;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/** MobileNetV2 with the layers, the names and the rounding of {@code keras.applications}. */
final class MobileNetV2 {
  private static final int STEM = 32;
  private static final int TOP = 1280;
  private static final int EXPANSION = 6;

  /** The table of the paper: blocks with these filters, the first of them with this stride. */
  private record Stage(int filters, int blocks, int stride) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(24, 2, 2),
          new Stage(32, 3, 2),
          new Stage(64, 4, 2),
          new Stage(96, 3, 1),
          new Stage(160, 3, 2),
          new Stage(320, 1, 1));

  private final double width;

  private MobileNetV2(double width) {
    this.width = width;
  }

  static Network of(Shape shape, int classes, double width) {
    Input image = Nodes.input("input", shape.asArray());
    return Network.of(image, new MobileNetV2(width).logits(image, classes));
  }

  private Node logits(Input image, int classes) {
    Node x = image.then(conv2d(channels(STEM * width), 3).stride(2).withoutBias()).named("Conv1");
    x = x.then(batchNorm()).named("bn_Conv1");
    x = x.then(relu6()).named("Conv1_relu");
    x = filtered(x, "expanded_conv_", 16, 1);
    int number = 1;
    for (Stage stage : STAGES) {
      for (int i = 0; i < stage.blocks(); i++) {
        x = block(x, "block_" + number + "_", stage.filters(), i == 0 ? stage.stride() : 1);
        number++;
      }
    }
    // The paper narrows the last convolution for no width below 1.
    x =
        x.then(conv2d(channels(TOP * Math.max(width, 1)), 1).padding(Padding.VALID).withoutBias())
            .named("Conv_1");
    x = x.then(batchNorm()).named("Conv_1_bn");
    x = x.then(relu6()).named("out_relu");
    x = x.then(globalAveragePool()).named("global_average_pooling2d");
    return x.then(dense(classes)).named(Networks.HEAD);
  }

  /** An inverted residual: more channels, a depthwise convolution, and fewer channels again. */
  private Node block(Node input, String name, int filters, int stride) {
    int expanded = EXPANSION * Math.toIntExact(input.shape().get(2));
    Node x = input.then(conv2d(expanded, 1).withoutBias()).named(name + "expand");
    x = x.then(batchNorm()).named(name + "expand_BN");
    x = x.then(relu6()).named(name + "expand_relu");
    x = filtered(x, name, filters, stride);
    return x.shape().equals(input.shape()) ? Nodes.add(input, x).named(name + "add") : x;
  }

  private Node filtered(Node input, String name, int filters, int stride) {
    Node x = input;
    if (stride == 2) {
      x = x.then(padding(x.shape())).named(name + "pad");
    }
    Padding padding = stride == 2 ? Padding.VALID : Padding.SAME;
    x =
        x.then(depthwiseConv2d(3).stride(stride).padding(padding).withoutBias())
            .named(name + "depthwise");
    x = x.then(batchNorm()).named(name + "depthwise_BN");
    x = x.then(relu6()).named(name + "depthwise_relu");
    x = x.then(conv2d(channels((int) (filters * width)), 1).withoutBias()).named(name + "project");
    return x.then(batchNorm()).named(name + "project_BN");
  }

  /** Pads as SAME does for a window of 3 and a stride of 2. */
  private static ZeroPadding padding(Shape input) {
    return zeroPadding(1).top((int) (input.get(0) % 2)).left((int) (input.get(1) % 2));
  }

  /** Rounds to a multiple of 8, at least 8 and at least 90 % of the wanted number. */
  private static int channels(double wanted) {
    int rounded = Math.max(8, (int) (wanted + 4) / 8 * 8);
    return rounded < 0.9 * wanted ? rounded + 8 : rounded;
  }
}
