package io.github.convnet4j.commandline;

import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.globalAveragePool;

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.train.Normalization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;

/**
 * A trained network that another one starts from.
 *
 * @param path the folder or file that it was read from
 * @param network the whole network, or the part that is taken over
 * @param weights of the whole network
 * @param format how it takes pictures
 * @param pixels which values pixels have
 * @param hasHead whether it predicts something, rather than to end in features
 * @param note what was assumed about pictures, if something was
 */
record StartingNetwork(
    Path path,
    Network network,
    Weights weights,
    PictureFormat format,
    Normalization pixels,
    boolean hasHead,
    Optional<String> note) {
  /** The name of the output of a part. */
  private static final String OUTPUT = "output";

  private static final double DROPPED = 0.2;

  /** Returns the part that ends with a layer. */
  StartingNetwork upTo(String layer) {
    return with(network.upTo(layer));
  }

  private StartingNetwork with(Network part) {
    return new StartingNetwork(path, part, weights, format, pixels, hasHead, note);
  }

  /**
   * Returns the part that ends with the features.
   *
   * @throws UsageException if it is not clear which they are
   */
  StartingNetwork upToFeatures() {
    NetworkPorts.check("--start-from: " + path, network);
    return upTo(features());
  }

  /**
   * Returns the last layer that makes a vector of pixels, if layers with weights come after it.
   * Otherwise the classes themselves are pooled, and the features are what the last layer with
   * weights takes.
   */
  private String features() {
    List<PlacedNode> nodes = network.nodes();
    if (!hasHead) {
      return nodes.get(nodes.size() - 1).path();
    }
    int vector = -1;
    int weighted = -1;
    for (int i = 0; i < nodes.size(); i++) {
      PlacedNode node = nodes.get(i);
      if (node.output().numDimensions() == 1
          && node.inputs().stream().anyMatch(input -> input.numDimensions() > 1)) {
        vector = i;
      }
      if (!node.parameters().isEmpty()) {
        weighted = i;
      }
    }
    if (vector >= 0 && vector < weighted) {
      return nodes.get(vector).path();
    }
    String before = weighted < 0 ? "" : nodes.get(weighted).from().get(0);
    if (nodes.stream().noneMatch(node -> node.path().equals(before))) {
      throw new UsageException(
          "--start-from: %s has no features before its last layer with weights: name the last layer to take over with --features"
              .formatted(path));
    }
    return before;
  }

  /** Returns a copy in which no layer is frozen. */
  StartingNetwork trained() {
    Set<String> frozen = network.frozenLayers();
    return frozen.isEmpty() ? this : with(network.unfreeze(frozen.toArray(String[]::new)));
  }

  /**
   * Returns a copy in which all layers are frozen.
   *
   * @throws UsageException if there is nothing to take over
   */
  StartingNetwork frozen() {
    String last = network.outputNode(OUTPUT).path();
    if (network.parameters().isEmpty()) {
      throw new UsageException(
          "--start-from: %s has no weights up to %s: name a later layer with --features"
              .formatted(path, last));
    }
    return frozenUpTo(last);
  }

  /** Returns a copy in which a layer is frozen, and all layers before it. */
  StartingNetwork frozenUpTo(String layer) {
    return with(network.freezeUpTo(layer));
  }

  /**
   * Returns the network to be trained: the layers that are taken over, which compute the same in
   * training as in inference, and the last layers.
   */
  Network withHead(List<? extends Layer> last) {
    List<Layer> head = new ArrayList<>();
    int dimensions = network.output().numDimensions();
    if (dimensions == 3) {
      head.add(globalAveragePool());
    } else if (dimensions != 1) {
      head.add(flatten());
    }
    head.add(dropout(DROPPED));
    head.addAll(last);
    return network.inferenceMode().then(head);
  }

  /** Returns the weights of the layers that are taken over. */
  Weights taken() {
    Set<String> own =
        network.parameters().stream().map(each -> each.name()).collect(Collectors.toSet());
    String[] others =
        weights.names().stream().filter(name -> !own.contains(name)).toArray(String[]::new);
    return others.length == 0 ? weights : weights.without(others);
  }

  /**
   * Checks that it takes these images.
   *
   * @throws UsageException if it takes others
   */
  void checkTakes(Shape image) {
    if (!network.input().equals(image)) {
      throw new UsageException(
          "--start-from: %s takes images of shape %s but the images are %s"
              .formatted(path, network.input(), image));
    }
  }

  /** Returns a sentence on what is taken over. */
  String described() {
    PlacedNode last = network.outputNode(OUTPUT);
    long trainable = network.trainableParameterCount();
    return "Starting from %s, up to %s %s: %,d weights, of which %,d are trained"
        .formatted(path, last.path(), last.output(), network.parameterCount(), trainable);
  }
}
