package io.github.convnet4j.networks;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.relu6;

import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.model.Network;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * EfficientNet-Lite0, with the names of the layers of {@code keras.applications.EfficientNetB0}.
 */
final class EfficientNetLite0 {
  private static final int STEM = 32;
  private static final int TOP = 1280;
  private static final double DROPOUT = 0.2;

  /** The rate at which the last block is skipped in training; earlier ones have lower rates. */
  private static final double SKIPPED = 0.2;

  /** Blocks with these filters and kernels, the first of them with this stride. */
  private record Stage(int blocks, int kernel, int stride, int expansion, int filters) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 3, 1, 1, 16),
          new Stage(2, 3, 2, 6, 24),
          new Stage(2, 5, 2, 6, 40),
          new Stage(3, 3, 2, 6, 80),
          new Stage(3, 5, 1, 6, 112),
          new Stage(4, 5, 2, 6, 192),
          new Stage(1, 3, 1, 6, 320));

  private EfficientNetLite0() {}

  static Network of(Shape shape, int classes) {
    Input image = Nodes.input("input", shape.asArray());
    Node x = convolution(image, conv2d(STEM, 3).stride(2).withoutBias(), "stem_conv", "stem_bn");
    x = x.then(relu6()).named("stem_activation");
    int all = STAGES.stream().mapToInt(Stage::blocks).sum();
    int before = 0;
    for (int i = 0; i < STAGES.size(); i++) {
      Stage stage = STAGES.get(i);
      for (int j = 0; j < stage.blocks(); j++) {
        String name = "block%s%c_".formatted(i + 1, 'a' + j);
        x = block(x, name, stage, j == 0 ? stage.stride() : 1, SKIPPED * before / all);
        before++;
      }
    }
    x = convolution(x, conv2d(TOP, 1).withoutBias(), "top_conv", "top_bn");
    x = x.then(relu6()).named("top_activation");
    x = x.then(globalAveragePool()).named("avg_pool");
    x = x.then(dropout(DROPOUT)).named("top_dropout");
    return Network.of(image, x.then(dense(classes)).named(Networks.HEAD));
  }

  private static Node block(Node input, String name, Stage stage, int stride, double skipped) {
    Node x = input;
    if (stage.expansion() > 1) {
      int expanded = stage.expansion() * Math.toIntExact(input.shape().get(2));
      x =
          convolution(
              x, conv2d(expanded, 1).withoutBias(), name + "expand_conv", name + "expand_bn");
      x = x.then(relu6()).named(name + "expand_activation");
    }
    Layer depthwise = depthwiseConv2d(stage.kernel()).stride(stride).withoutBias();
    x = convolution(x, depthwise, name + "dwconv", name + "bn");
    x = x.then(relu6()).named(name + "activation");
    Layer project = conv2d(stage.filters(), 1).withoutBias();
    x = convolution(x, project, name + "project_conv", name + "project_bn");
    if (!x.shape().equals(input.shape())) {
      return x;
    }
    // Stochastic depth: one random number for each image.
    x = x.then(dropout(skipped).sharedAxes(1, 2, 3)).named(name + "drop");
    return Nodes.add(x, input).named(name + "add");
  }

  private static Node convolution(Node input, Layer layer, String name, String norm) {
    return input.then(layer).named(name).then(batchNorm()).named(norm);
  }
}
