package io.github.convnet4j.bench.play;

import static io.github.convnet4j.initializer.Initializers.normal;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropoutKeeping;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.sequence;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.examples.LectureNets;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.model.Network;
import org.tensorflow.ndarray.Shape;

/** The networks of the contests in the model builder. */
public final class Nets {
  private Nets() {}

  /** Returns the lecture's network with only the library's own layers, as a user would write it. */
  public static Network builder(String net, DataSet images) {
    return net.equals("ex11_9") ? deep(images) : lecture(net, images);
  }

  /**
   * Returns the lecture's network with the lecture's dropout: the same numbers as the literal
   * graph.
   */
  public static Network lecture(String net, DataSet images) {
    return LectureNets.builder(net, images);
  }

  private static Network deep(DataSet images) {
    Layer dropout = dropoutKeeping(LectureNets.keepProbability());
    return Network.of(
        Shape.of(images.height(), images.width(), images.channels()),
        sequence(conv(32), relu(), maxPool(2), dropout),
        sequence(conv(64), relu(), maxPool(2), dropout),
        sequence(conv(128), relu(), maxPool(2), dropout),
        flatten(),
        dense(625).biasInitializer(normal(1)),
        relu(),
        dropout,
        dense(images.classes()).biasInitializer(normal(1)));
  }

  private static Layer conv(int filters) {
    return conv2d(filters, 3).withoutBias().kernelInitializer(normal(0.01));
  }
}
