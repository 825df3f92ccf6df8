package io.github.convnet4j.commandline;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.cropping;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.rescaling;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Layers.upsampling;

import io.github.convnet4j.data.Source;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Node;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.model.Network;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/** The network that {@code train} uses without {@code --network}, for images of any size. */
final class DefaultNetwork {
  private static final int FIRST_FILTERS = 32;
  private static final int MOST_FILTERS = 256;

  /** A segmentation computes filters for each pixel several times, so it has fewer of them. */
  private static final int FIRST_FILTERS_OF_PIXELS = 16;

  private static final int MOST_FILTERS_OF_PIXELS = 128;
  private static final int MOST_LEVELS = 4;

  /** Images whose shorter side is below this are not pooled further. */
  private static final int SMALL = 8;

  private DefaultNetwork() {}

  /**
   * Returns the network for a task.
   *
   * @param train the examples that it will be trained on
   * @param outputs the number of classes, labels or targets
   */
  static Network of(TaskKind kind, Source train, int outputs) {
    Shape image = train.inputShapes().get(0);
    return switch (kind) {
      case CLASSIFICATION, MULTI_LABEL -> ofVector(image, outputs);
      case REGRESSION -> of(image, List.of(numbers(TargetScale.of(train))));
      case SEGMENTATION -> segmentation(image, outputs);
    };
  }

  /**
   * Returns the last layer of a network for a task.
   *
   * @param kind not segmentation
   */
  static Layer last(TaskKind kind, Source train, int outputs) {
    return kind == TaskKind.REGRESSION ? numbers(TargetScale.of(train)) : dense(outputs);
  }

  /** Returns a network that ends in a dense layer. */
  static Network ofVector(Shape image, int outputs) {
    return of(image, List.of(dense(outputs)));
  }

  /**
   * Returns blocks of convolution, batch normalization and pooling until the image is small, each
   * with up to twice the filters of the block before; then the last layers.
   */
  private static Network of(Shape image, List<Layer> last) {
    List<Layer> layers = new ArrayList<>();
    long side = Math.min(image.get(0), image.get(1));
    int filters = FIRST_FILTERS;
    do {
      layers.addAll(List.of(conv2d(filters, 3), batchNorm(), relu()));
      if (side >= SMALL) {
        layers.add(maxPool(2));
      }
      side /= 2;
      filters = Math.min(2 * filters, MOST_FILTERS);
    } while (side >= SMALL);
    layers.addAll(List.of(flatten(), dropout(0.3)));
    layers.addAll(last);
    return Network.of(image, layers);
  }

  /**
   * Returns a dense unit for each number, rescaled to the mean and spread of its targets: an
   * optimizer that moves each weight by about its learning rate would take long to reach a mean of
   * 1,000, and would overshoot a spread of 0.001.
   */
  private static Layer numbers(List<TargetScale> scales) {
    List<Layer> units = scales.stream().map(DefaultNetwork::number).toList();
    return units.size() == 1 ? units.get(0) : concat(units.toArray(Layer[]::new));
  }

  private static Layer number(TargetScale scale) {
    return sequence(dense(1), rescaling(scale.deviation(), scale.mean()));
  }

  /**
   * Returns a small U-Net: blocks of convolutions at half the size each, then back to the full
   * size, with what each size had on the way down. Source: Ronneberger et al., "U-Net:
   * Convolutional networks for biomedical image segmentation", 2015.
   */
  private static Network segmentation(Shape image, int classes) {
    Input input = Nodes.input("image", image.asArray());
    Deque<Node> sizes = new ArrayDeque<>();
    Node node = input;
    int filters = FIRST_FILTERS_OF_PIXELS;
    for (long side = Math.min(image.get(0), image.get(1));
        side >= SMALL && sizes.size() < MOST_LEVELS;
        side /= 2) {
      node = node.then(block(filters));
      sizes.push(node);
      node = node.then(maxPool(2));
      filters = Math.min(2 * filters, MOST_FILTERS_OF_PIXELS);
    }
    node = node.then(block(filters));
    while (!sizes.isEmpty()) {
      Node before = sizes.pop();
      node = node.then(upsampling(2));
      // Pooling rounds odd sizes up.
      int rows = (int) (node.shape().get(0) - before.shape().get(0));
      int columns = (int) (node.shape().get(1) - before.shape().get(1));
      if (rows > 0 || columns > 0) {
        node = node.then(cropping(0).bottom(rows).right(columns));
      }
      node = Nodes.concat(before, node).then(block((int) before.shape().get(2)));
    }
    return Network.of(input, node.then(conv2d(classes, 1)));
  }

  private static List<Layer> block(int filters) {
    return List.of(
        conv2d(filters, 3), batchNorm(), relu(), conv2d(filters, 3), batchNorm(), relu());
  }
}
