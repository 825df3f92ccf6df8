package io.github.convnet4j.model;

import static io.github.convnet4j.layer.Layers.averagePool;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.sigmoid;
import static io.github.convnet4j.layer.Nodes.multiply;

import io.github.convnet4j.layer.CompositeLayer;
import io.github.convnet4j.layer.Node;

/**
 * A custom composite layer: multiplies each channel by a gate computed from the means of all
 * channels. Source: Hu et al., "Squeeze-and-excitation networks", 2018.
 */
record SqueezeAndExcite(int reduction) implements CompositeLayer {
  @Override
  public String kind() {
    return "squeeze_and_excite";
  }

  @Override
  public Node expand(Node input) {
    int height = (int) input.shape().get(0);
    int width = (int) input.shape().get(1);
    int channels = (int) input.shape().get(2);
    Node gate =
        input.then(
            averagePool(height, width),
            conv2d(channels / reduction, 1),
            relu(),
            conv2d(channels, 1),
            sigmoid()); // [1, 1, channels]
    return multiply(input, gate);
  }
}
