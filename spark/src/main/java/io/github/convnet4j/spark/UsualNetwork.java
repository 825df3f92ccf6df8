package io.github.convnet4j.spark;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;

import io.github.convnet4j.model.Network;
import org.tensorflow.ndarray.Shape;

/** The network that {@code train} uses without {@code --network}. */
final class UsualNetwork {
  private static final int DENSE = 128;

  private UsualNetwork() {}

  /**
   * Returns two convolutions and two dense layers.
   *
   * @param image shape of the images, [height, width, channels]
   */
  static Network of(Shape image, int classes) {
    return of(image, classes, DENSE);
  }

  /**
   * Returns the same with another number of units in the first dense layer, which has most of the
   * weights.
   */
  static Network of(Shape image, int classes, int units) {
    return Network.of(
        image,
        conv2d(32, 3),
        relu(),
        maxPool(2),
        conv2d(64, 3),
        relu(),
        maxPool(2),
        flatten(),
        dense(units),
        relu(),
        dropout(0.5),
        dense(classes));
  }
}
