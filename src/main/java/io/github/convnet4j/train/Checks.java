package io.github.convnet4j.train;

import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.Dense;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.train.Heads.Head;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/** Checks that a network, its tasks and its options fit together. */
final class Checks {
  private Checks() {}

  static void check(Network network, Heads<?> heads, ModelOptions options) {
    heads.all().forEach(head -> checkLogits(network, head));
    List<Shape> images = network.inputs().values().stream().filter(Normalization::isImage).toList();
    checkNormalization(options.normalization(), images);
    options.pictures().ifPresent(format -> checkPictures(images, format));
  }

  private static void checkLogits(Network network, Head<?> head) {
    Computation computation = network.outputNode(head.name()).computation();
    String last =
        computation instanceof Dense dense ? dense.activation().kind() : computation.kind();
    if (head.task().loss().targets().areOfLogits()
        && (last.equals("softmax") || last.equals("sigmoid"))) {
      throw new IllegalArgumentException(
          "network must end in logits: remove the final %s(), which the loss adds itself"
              .formatted(last));
    }
  }

  private static void checkNormalization(Normalization normalization, List<Shape> images) {
    if (normalization.isUnit()) {
      return;
    }
    if (images.size() != 1) {
      throw new IllegalArgumentException(
          "normalization needs a network with exactly one input of images: it has "
              + images.size());
    }
    long channels = images.get(0).get(2);
    int means = normalization.mean().size();
    if (means > 1 && means != channels) {
      throw new IllegalArgumentException(
          "normalization must have one mean, or one for each of the images' %d channels: it has %d"
              .formatted(channels, means));
    }
  }

  static void checkPictures(List<Shape> images, PictureFormat format) {
    if (images.size() != 1) {
      throw new IllegalArgumentException(
          "pictures need a network with exactly one input of images: it has " + images.size());
    }
    Shape input = images.get(0);
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

  /**
   * Checks the values of an input of one example.
   *
   * @param pixels the range of the images that the model was trained on
   */
  static void checkInput(Shape shape, float[] values, PixelRange pixels) {
    checkLength(shape, values.length);
    checkValues(shape, values, pixels);
  }

  /**
   * Checks the values of an input of several examples.
   *
   * @param shape of one example
   */
  static void checkInput(Shape shape, int examples, float[] values, PixelRange pixels) {
    checkLength(shape.prepend(examples), values.length);
    checkValues(shape, values, pixels);
  }

  private static void checkValues(Shape shape, float[] values, PixelRange pixels) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "input must have finite numbers only: value %d is %s".formatted(i, values[i]));
      }
    }
    if (Normalization.isImage(shape)) {
      pixels.check(values);
    }
  }

  static void checkLength(Shape shape, int length) {
    if (length != shape.size()) {
      throw new IllegalArgumentException(
          "input must have %2$d values, for the network's input shape %1$s: it has %3$d"
              .formatted(shape, shape.size(), length));
    }
  }
}
