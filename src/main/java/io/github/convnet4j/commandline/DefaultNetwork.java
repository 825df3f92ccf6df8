package io.github.convnet4j.commandline;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;

import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/** The network that {@code train} uses without {@code --network}, for images of any size. */
final class DefaultNetwork {
  private static final int FIRST_FILTERS = 32;
  private static final int MOST_FILTERS = 256;

  /** Images whose shorter side is below this are not pooled further. */
  private static final int SMALL = 8;

  private DefaultNetwork() {}

  /**
   * Returns blocks of convolution, batch normalization and pooling until the image is small, each
   * with up to twice the filters of the block before; then one dense layer.
   *
   * @param classes at least 2
   */
  static Network of(int height, int width, int channels, int classes) {
    List<Layer> layers = new ArrayList<>();
    int side = Math.min(height, width);
    int filters = FIRST_FILTERS;
    do {
      layers.addAll(List.of(conv2d(filters, 3), batchNorm(), relu()));
      if (side >= SMALL) {
        layers.add(maxPool(2));
      }
      side /= 2;
      filters = Math.min(2 * filters, MOST_FILTERS);
    } while (side >= SMALL);
    layers.addAll(List.of(flatten(), dropout(0.3), dense(classes)));
    return Network.of(Shape.of(height, width, channels), layers);
  }
}
