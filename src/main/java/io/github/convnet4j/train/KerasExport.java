package io.github.convnet4j.train;

import io.github.convnet4j.keras.KerasLayers;
import io.github.convnet4j.keras.KerasWriter;
import io.github.convnet4j.layer.Activation;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.train.Heads.Head;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/** Writes models as Keras files. */
final class KerasExport {
  private KerasExport() {}

  /** Writes a network with its weights, its normalization and the activations of its tasks. */
  static void write(
      Path file,
      Network network,
      Weights weights,
      Heads<?> heads,
      Normalization normalization,
      KerasLayers layers) {
    KerasWriter writer = KerasWriter.of(network, weights).layers(layers);
    if (!normalization.isUnit()) {
      for (Map.Entry<String, Shape> input : network.inputs().entrySet()) {
        if (Normalization.isImage(input.getValue())) {
          writer = writer.preparation(input.getKey(), layer(normalization));
        }
      }
    }
    for (Head<?> head : heads.all()) {
      writer = writer.activation(head.name(), activation(head));
    }
    writer.write(file);
  }

  /** Returns {@code (x - mean) / standardDeviation} as {@code x * scale + offset}. */
  private static Layer layer(Normalization normalization) {
    List<Double> scale = new ArrayList<>();
    List<Double> offset = new ArrayList<>();
    for (int i = 0; i < normalization.mean().size(); i++) {
      double deviation = normalization.standardDeviation().get(i);
      scale.add(1 / deviation);
      offset.add(-normalization.mean().get(i) / deviation);
    }
    return scale.size() == 1
        ? Layers.rescaling(scale.get(0), offset.get(0))
        : Layers.channelRescaling(scale, offset);
  }

  /** Returns the function by which the predictions follow from an output. */
  private static Activation activation(Head<?> head) {
    Loss loss = head.task().loss();
    return switch (loss.targets()) {
      case CLASSES -> Layers.softmax();
      case LABELS, SHARES -> Layers.sigmoid();
      case NUMBERS -> Layers.linear();
      case COUNTS, ANY ->
          throw new IllegalArgumentException(
              "the loss of the output %s must have predictions that are a softmax, a sigmoid or the outputs themselves, as its targets() says: %s"
                  .formatted(head.name(), loss));
    };
  }
}
