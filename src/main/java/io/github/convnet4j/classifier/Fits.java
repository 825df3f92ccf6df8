package io.github.convnet4j.classifier;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.PictureFormat;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.loss.MeanSquaredError;
import io.github.convnet4j.loss.SigmoidCrossEntropy;
import io.github.convnet4j.loss.SoftmaxCrossEntropy;
import io.github.convnet4j.model.Network;
import org.tensorflow.ndarray.Shape;

/** Checks that network, options and data fit together. */
final class Fits {
  private Fits() {}

  static void check(Network network, ClassifierOptions options) {
    checkImages(network);
    checkVector(network, "classes");
    if (network.output().get(0) < 2) {
      throw new IllegalArgumentException(
          "network must have at least two outputs, one for each class (a yes-or-no question has two classes): it has %s"
              .formatted(network.output()));
    }
    checkLogits(network, "classifier");
    if (options.loss() instanceof MeanSquaredError) {
      throw new IllegalArgumentException(
          "loss must be softmaxCrossEntropy() or sigmoidCrossEntropy(), which predict"
              + " probabilities, not "
              + options.loss());
    }
    checkClassNames(options.classNames().size(), network.output().get(0));
    checkNormalization(options.normalization(), network.input().get(2));
    options.pictures().ifPresent(format -> checkPictures(network, format));
  }

  private static void checkPictures(Network network, PictureFormat format) {
    Shape input = network.input();
    boolean sized =
        format
            .size()
            .map(size -> size.height() == input.get(0) && size.width() == input.get(1))
            .orElse(true);
    boolean colored =
        switch (format.colour()) {
          case AUTO -> input.get(2) == 1 || input.get(2) == 3;
          case GREY -> input.get(2) == 1;
          case RGB -> input.get(2) == 3;
        };
    if (!sized || !colored) {
      throw new IllegalArgumentException(
          "pictures must have a format that fits the network's input shape %s: it is %s"
              .formatted(input, format));
    }
  }

  static void check(Network network, RegressorOptions options) {
    checkImages(network);
    checkVector(network, "targets");
    if (options.loss() instanceof SigmoidCrossEntropy) {
      checkLogits(network, "regressor");
    }
    if (options.loss() instanceof SoftmaxCrossEntropy) {
      throw new IllegalArgumentException(
          "loss must be meanSquaredError() or sigmoidCrossEntropy() (to predict one of several"
              + " classes, use a Classifier), not "
              + options.loss());
    }
    checkNormalization(options.normalization(), network.input().get(2));
  }

  private static void checkImages(Network network) {
    if (network.inputs().size() > 1 || network.outputs().size() > 1) {
      throw new IllegalArgumentException(
          "network must have one input and one output: it has the inputs %s and the outputs %s"
              .formatted(network.inputs().keySet(), network.outputs().keySet()));
    }
    if (network.input().numDimensions() != 3) {
      throw new IllegalArgumentException(
          "network must have an input of shape [height, width, channels] (if it has dense layers"
              + " only, start it with flatten()): it is "
              + network.input());
    }
  }

  private static void checkVector(Network network, String of) {
    if (network.output().numDimensions() != 1) {
      throw new IllegalArgumentException(
          "network must have an output of shape [%s] (end it with dense(%s)): it is %s"
              .formatted(of, of, network.output()));
    }
  }

  private static void checkLogits(Network network, String kind) {
    String output = network.outputs().keySet().iterator().next();
    String last = network.outputNode(output).computation().kind();
    if (last.equals("softmax") || last.equals("sigmoid")) {
      throw new IllegalArgumentException(
          "network must end in logits: remove the final %s(), which the %s adds itself"
              .formatted(last, kind));
    }
  }

  private static void checkClassNames(int names, long classes) {
    if (names > 0 && names != classes) {
      throw new IllegalArgumentException(
          "classNames must have one name for each of the network's %d classes: it has %d"
              .formatted(classes, names));
    }
  }

  private static void checkNormalization(Normalization normalization, long channels) {
    int means = normalization.mean().size();
    if (means > 1 && means != channels) {
      throw new IllegalArgumentException(
          "normalization must have one mean, or one for each of the images' %d channels: it has %d"
              .formatted(channels, means));
    }
  }

  static void check(Network network, DataSet data, String argument) {
    checkSize(network, Shape.of(data.height(), data.width(), data.channels()), argument);
    if (data.classes() != network.output().get(0)) {
      throw new IllegalArgumentException(
          "%s must have %d classes, as the network has: it has %d"
              .formatted(argument, network.output().get(0), data.classes()));
    }
  }

  static void check(Network network, RegressorOptions options, TargetSet data, String argument) {
    checkSize(network, Shape.of(data.height(), data.width(), data.channels()), argument);
    int n = data.targetsPerImage();
    if (n != network.output().get(0)) {
      throw new IllegalArgumentException(
          "%s must have %d targets per image, as the network has: they have %d"
              .formatted(argument, network.output().get(0), n));
    }
    if (options.loss() instanceof SigmoidCrossEntropy) {
      checkProbabilities(data.targets(), n, argument);
    }
  }

  private static void checkProbabilities(float[] targets, int n, String argument) {
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] < 0 || targets[i] > 1) {
        throw new IllegalArgumentException(
            "%s must have targets from 0 to 1 for sigmoidCrossEntropy(): target %d of image %d is %s"
                .formatted(argument, i % n, i / n, targets[i]));
      }
    }
  }

  private static void checkSize(Network network, Shape image, String argument) {
    if (!image.equals(network.input())) {
      throw new IllegalArgumentException(
          "%s must be of the network's input shape %s: they are %s"
              .formatted(argument, network.input(), image));
    }
  }

  static void checkImage(Shape shape, int length) {
    if (length != shape.size()) {
      throw new IllegalArgumentException(
          "image must have %2$d values, for the network's input shape %1$s: it has %3$d"
              .formatted(shape, shape.size(), length));
    }
  }
}
