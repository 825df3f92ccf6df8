package io.github.convnet4j.classifier;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.loss.MeanSquaredError;
import io.github.convnet4j.model.Network;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/** What must fit together: network, options and data. */
final class Fits {
  private Fits() {}

  static void check(Network network, ClassifierOptions options) {
    Shape input = network.input();
    if (input.numDimensions() != 3) {
      throw new IllegalArgumentException(
          "network must take [height, width, channels] (put flatten() first for one of dense"
              + " layers alone): it takes "
              + input);
    }
    if (network.output().numDimensions() != 1) {
      throw new IllegalArgumentException(
          "network must give [classes]: it gives %s: end it in dense(classes)"
              .formatted(network.output()));
    }
    List<Layer> layers = network.layers();
    String last = layers.get(layers.size() - 1).kind();
    if (last.equals("softmax") || last.equals("sigmoid")) {
      throw new IllegalArgumentException(
          "network must end in logits: leave out the %s() at its end, the classifier adds it"
              .formatted(last));
    }
    if (options.loss() instanceof MeanSquaredError) {
      throw new IllegalArgumentException(
          "loss must give probabilities: softmaxCrossEntropy() or sigmoidCrossEntropy(), not "
              + options.loss());
    }
    checkClassNames(options.classNames().size(), network.output().get(0));
    checkNormalization(options.normalization(), input.get(2));
  }

  private static void checkClassNames(int names, long classes) {
    if (names > 0 && names != classes) {
      throw new IllegalArgumentException(
          "classNames must be one for each of the network's %d classes: there are %d"
              .formatted(classes, names));
    }
  }

  private static void checkNormalization(Normalization normalization, long channels) {
    int means = normalization.mean().size();
    if (means > 1 && means != channels) {
      throw new IllegalArgumentException(
          "normalization must have one mean for each of the images' %d channels: there are %d"
              .formatted(channels, means));
    }
  }

  static void check(Network network, DataSet data, String argument) {
    Shape image = Shape.of(data.height(), data.width(), data.channels());
    if (!image.equals(network.input())) {
      throw new IllegalArgumentException(
          "%s must have images of the network's input shape %s: they are %s"
              .formatted(argument, network.input(), image));
    }
    if (data.classes() != network.output().get(0)) {
      throw new IllegalArgumentException(
          "%s must have the network's %d classes: it has %d"
              .formatted(argument, network.output().get(0), data.classes()));
    }
  }

  static void checkImage(Network network, int length) {
    if (length != network.input().size()) {
      throw new IllegalArgumentException(
          "image must be of the network's input shape %s, %d values: it has %d"
              .formatted(network.input(), network.input().size(), length));
    }
  }
}
