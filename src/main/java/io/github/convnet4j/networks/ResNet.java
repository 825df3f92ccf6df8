package io.github.convnet4j.networks;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.zeroPadding;

import io.github.convnet4j.layer.Conv2d;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.layer.Padding;
import io.github.convnet4j.model.Network;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * Residual networks, with the names of the layers in {@code keras.applications}.
 *
 * @param bottleneck whether a block narrows its channels before the 3x3 convolution
 * @param blocks the number of blocks in each of the four stages
 * @param bias whether convolutions have a bias
 * @param epsilon of batch normalization
 */
record ResNet(boolean bottleneck, List<Integer> blocks, boolean bias, double epsilon) {
  private static final int STEM = 64;

  /** With the epsilon and without the biases of most implementations. */
  static Network resNet18(Shape input, int classes) {
    return new ResNet(false, List.of(2, 2, 2, 2), false, 1e-5).network(input, classes);
  }

  /** With the epsilon and the biases of Keras. */
  static Network resNet50(Shape input, int classes) {
    return new ResNet(true, List.of(3, 4, 6, 3), true, 1.001e-5).network(input, classes);
  }

  private Network network(Shape shape, int classes) {
    Input image = Nodes.input("input", shape.asArray());
    Node x = image.then(zeroPadding(3)).named("conv1_pad");
    x = convolution(x, "conv1", conv2d(STEM, 7).stride(2).padding(Padding.VALID));
    x = x.then(relu()).named("conv1_relu");
    x = x.then(zeroPadding(1)).named("pool1_pad");
    x = x.then(maxPool(3).stride(2).padding(Padding.VALID)).named("pool1_pool");
    for (int stage = 0; stage < blocks.size(); stage++) {
      for (int i = 0; i < blocks.get(stage); i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        x = block(x, "conv%s_block%s".formatted(stage + 2, i + 1), STEM << stage, stride);
      }
    }
    x = x.then(globalAveragePool()).named("avg_pool");
    return Network.of(image, x.then(dense(classes)).named(Networks.HEAD));
  }

  private Node block(Node input, String name, int filters, int stride) {
    int outputs = bottleneck ? 4 * filters : filters;
    Node shortcut = input;
    if (stride > 1 || input.shape().get(2) != outputs) {
      shortcut = convolution(input, name + "_0", pointwise(outputs).stride(stride));
    }
    Node body =
        bottleneck ? bottleneck(input, name, filters, stride) : basic(input, name, filters, stride);
    return Nodes.add(shortcut, body).named(name + "_add").then(relu()).named(name + "_out");
  }

  private Node basic(Node input, String name, int filters, int stride) {
    // At a stride of 2, SAME would pad only below and to the right.
    Node x = stride == 1 ? input : input.then(zeroPadding(1)).named(name + "_1_pad");
    Padding padding = stride == 1 ? Padding.SAME : Padding.VALID;
    x = convolution(x, name + "_1", conv2d(filters, 3).stride(stride).padding(padding));
    x = x.then(relu()).named(name + "_1_relu");
    return convolution(x, name + "_2", conv2d(filters, 3));
  }

  private Node bottleneck(Node input, String name, int filters, int stride) {
    Node x = convolution(input, name + "_1", pointwise(filters).stride(stride));
    x = x.then(relu()).named(name + "_1_relu");
    x = convolution(x, name + "_2", conv2d(filters, 3));
    x = x.then(relu()).named(name + "_2_relu");
    return convolution(x, name + "_3", pointwise(4 * filters));
  }

  private static Conv2d pointwise(int filters) {
    return conv2d(filters, 1).padding(Padding.VALID);
  }

  private Node convolution(Node input, String name, Conv2d layer) {
    return input
        .then(bias ? layer : layer.withoutBias())
        .named(name + "_conv")
        .then(batchNorm().epsilon(epsilon))
        .named(name + "_bn");
  }
}
