package io.github.convnet4j.train;

import io.github.convnet4j.data.InputFormat;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Colour;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * How a model converts pictures: in the format that it was given, or else in that of the pictures
 * that it was trained on.
 */
final class ModelPictures {
  private final Ports ports;
  private volatile Optional<PictureFormat> recorded;

  /**
   * @param given the format of the model's options, if they have one
   */
  ModelPictures(Ports ports, Optional<PictureFormat> given) {
    this.ports = ports;
    this.recorded = given;
  }

  /** Returns the format that is saved with the model. */
  Optional<PictureFormat> recorded() {
    return recorded;
  }

  /** Records a format for the network's only input of pictures, unless one is recorded already. */
  void record(Optional<PictureFormat> format) {
    List<Shape> images = images();
    if (recorded.isEmpty() && images.size() == 1) {
      recorded = format.map(found -> complete(found, images.get(0)));
    }
  }

  /**
   * Records a format that the user gives.
   *
   * @throws IllegalArgumentException if another one is recorded, or it does not fit the network
   */
  void recordGiven(PictureFormat given) {
    PictureFormat own = format();
    PictureFormat completed = complete(given, ports.onlyInput());
    Checks.checkPictures(images(), given);
    if (recorded.isPresent() && !completed.equals(own)) {
      throw new IllegalArgumentException(
          "pictureFormat must be the one that the model records, %s: %s".formatted(own, given));
    }
    record(Optional.of(given));
  }

  /** Records the format of training examples, unless one is recorded already. */
  void recordFormatOf(Source examples) {
    record(formatOf(examples));
  }

  /**
   * Checks that examples that were read from pictures have the recorded format.
   *
   * @param argument their name, for the message
   */
  void check(Source examples, String argument) {
    List<Shape> images = images();
    Optional<PictureFormat> format = formatOf(examples);
    if (recorded.isEmpty() || format.isEmpty() || images.size() != 1) {
      return;
    }
    PictureFormat needed = complete(recorded.get(), images.get(0));
    PictureFormat found = complete(format.get(), images.get(0));
    if (!found.equals(needed)) {
      throw new IllegalArgumentException(
          "%s must be pictures in the format of the model, %s: they were read in the format %s (read them with the model's pictureFormat())"
              .formatted(argument, needed, found));
    }
  }

  private static Optional<PictureFormat> formatOf(Source examples) {
    Optional<InputFormat> format = examples.inputFormat();
    return format.filter(PictureFormat.class::isInstance).map(PictureFormat.class::cast);
  }

  private List<Shape> images() {
    return ports.inputShapes().stream().filter(ModelPictures::takesPictures).toList();
  }

  /**
   * Returns the format with the size and the colors that the network takes.
   *
   * @throws IllegalStateException if the network does not have exactly one input, of pictures
   */
  PictureFormat format() {
    Shape input = ports.onlyInput();
    if (!takesPictures(input)) {
      throw new IllegalStateException(
          "the network does not take pictures [height, width, 1 or 3]: its input is " + input);
    }
    return complete(recorded.orElse(PictureFormat.asTheyAre()), input);
  }

  /** Returns the {@link #format}; empty if the network does not have one input, of pictures. */
  Optional<PictureFormat> ifTaken() {
    List<Shape> inputs = ports.inputShapes();
    return inputs.size() == 1 && takesPictures(inputs.get(0))
        ? Optional.of(format())
        : Optional.empty();
  }

  /** Returns whether an input is {@code [height, width, channels]}, gray or RGB. */
  static boolean takesPictures(Shape input) {
    return Normalization.isImage(input) && (input.get(2) == 1 || input.get(2) == 3);
  }

  private static PictureFormat complete(PictureFormat format, Shape image) {
    return format
        .size(Math.toIntExact(image.get(0)), Math.toIntExact(image.get(1)))
        .colour(image.get(2) == 1 ? Colour.GREY : Colour.RGB);
  }
}
