package io.github.convnet4j.networks;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.model.Network;
import java.util.ArrayDeque;
import java.util.Deque;
import org.tensorflow.ndarray.Shape;

/** The U-Net of 2015, with SAME padding. */
final class UNet {
  private static final double DROPOUT = 0.5;

  private UNet() {}

  static Network of(Shape shape, int classes, int depth, int filters) {
    Input image = Nodes.input("input", shape.asArray());
    Deque<Node> skipped = new ArrayDeque<>();
    Node x = image;
    for (int level = 0; level < depth; level++) {
      String name = "encoder%s_".formatted(level + 1);
      x = convolutions(x, name, filters << level);
      skipped.push(x);
      x = x.then(maxPool(2)).named(name + "pool");
    }
    x = convolutions(x, "bottom_", filters << depth);
    x = x.then(dropout(DROPOUT)).named("bottom_dropout");
    for (int level = depth - 1; level >= 0; level--) {
      String name = "decoder%s_".formatted(level + 1);
      x = x.then(conv2dTranspose(filters << level, 2).stride(2)).named(name + "up");
      x = Nodes.concat(skipped.pop(), x).named(name + "concat");
      x = convolutions(x, name, filters << level);
    }
    return Network.of(image, x.then(conv2d(classes, 1)).named(Networks.HEAD));
  }

  /** Without batch normalization, the initial values have to keep the variance. */
  private static Node convolutions(Node input, String name, int filters) {
    Node x = input;
    for (int i = 1; i <= 2; i++) {
      x =
          x.then(conv2d(filters, 3).activation(relu()).kernelInitializer(Initializers.heNormal()))
              .named(name + "conv" + i);
    }
    return x;
  }
}
