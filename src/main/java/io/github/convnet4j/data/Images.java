package io.github.convnet4j.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * Images of the same size, without labels. Immutable; a subset shares the pixels.
 *
 * @param pixels of all stored images, including those outside the subset
 * @param places the position of each image among them
 * @param channels 1 for gray, 3 for color
 * @param format how they were made from files; empty if they were not, or if it is not known
 */
public record Images(
    Pixels pixels,
    Places places,
    int height,
    int width,
    int channels,
    Optional<InputFormat> format) {
  /**
   * Returns the images that the pixels make up.
   *
   * @param each what each image has one of, for messages
   * @throws IllegalArgumentException if a number is out of range, or the number of pixels does not
   *     match
   */
  public static Images of(Pixels pixels, int size, String each, Shape image) {
    if (image.isUnknown() || image.numDimensions() != 3 || image.hasUnknownDimension()) {
      throw new IllegalArgumentException("image must be [height, width, channels]: " + image);
    }
    return of(
        pixels,
        size,
        each,
        Math.toIntExact(image.get(0)),
        Math.toIntExact(image.get(1)),
        Math.toIntExact(image.get(2)));
  }

  /** Returns the images that the pixels make up, as {@link #of(Pixels, int, String, Shape)}. */
  public static Images of(
      Pixels pixels, int size, String each, int height, int width, int channels) {
    checkAtLeastOne("height", height);
    checkAtLeastOne("width", width);
    checkAtLeastOne("number of %ss".formatted(each), size);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 (gray) or 3 (color): " + channels);
    }
    // Two comparisons, because the product of all four could overflow a long.
    long image = (long) height * width * channels;
    if (image > pixels.length() || image * size != pixels.length()) {
      throw new IllegalArgumentException(
          "pixels must hold %d images of %dx%dx%d, one for each %s: %d values"
              .formatted(size, height, width, channels, each, pixels.length()));
    }
    return new Images(
        pixels, new Places.Range(0, size), height, width, channels, Optional.empty());
  }

  /** Returns these images with a note of how they were made from files. */
  public Images format(InputFormat newFormat) {
    return new Images(pixels, places, height, width, channels, Optional.of(newFormat));
  }

  /** Returns the format of both, or of those whose format is known; empty if they differ. */
  Optional<InputFormat> commonFormat(Images other) {
    return format.isEmpty() || format.equals(other.format)
        ? other.format
        : format.filter(mine -> other.format.isEmpty());
  }

  static void checkAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1: %d".formatted(name, value));
    }
  }

  /** Returns the shape of an image, {@code [height, width, channels]}. */
  public Shape shape() {
    return Shape.of(height, width, channels);
  }

  public int pixelsPerImage() {
    return height * width * channels;
  }

  public byte[] bytes(int index) {
    int from = place(index) * pixelsPerImage();
    return pixels.bytes(from, from + pixelsPerImage());
  }

  /** Returns the images with the given indices as floats, one after another. */
  public float[] floats(int... indices) {
    float[] values = new float[Math.multiplyExact(indices.length, pixelsPerImage())];
    copy(indices, values);
    return values;
  }

  /**
   * Copies the images with the given indices into an array.
   *
   * @throws IllegalArgumentException if it has another length
   */
  public void copy(int[] indices, float[] to) {
    checkLength("pixels", to, indices.length, pixelsPerImage());
    for (int i = 0; i < indices.length; i++) {
      pixels.copy(place(indices[i]) * pixelsPerImage(), pixelsPerImage(), to, i * pixelsPerImage());
    }
  }

  public static void checkLength(String argument, float[] values, int images, int perImage) {
    if (values.length != (long) images * perImage) {
      throw new IllegalArgumentException(
          "%s must have room for exactly %d images of %d values each: %d"
              .formatted(argument, images, perImage, values.length));
    }
  }

  public int size() {
    return places.size();
  }

  /** Returns an image's position among all stored images. */
  int place(int index) {
    return places.of(checkIndex(index));
  }

  int checkIndex(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException(
          "index must be from 0 to %d: %d".formatted(size() - 1, index));
    }
    return index;
  }

  void checkRange(int from, int to) {
    if (from < 0 || from >= to || to > size()) {
      throw new IndexOutOfBoundsException(
          "from and to must be 0 <= from < to <= %d: %d and %d".formatted(size(), from, to));
    }
  }

  Images subset(int from, int to) {
    checkRange(from, to);
    return at(places.subset(from, to));
  }

  /** Returns the images of both, which must share their pixels. */
  Images join(Images other) {
    int[] joined =
        IntStream.concat(
                IntStream.range(0, size()).map(this::place),
                IntStream.range(0, other.size()).map(other::place))
            .toArray();
    return at(new Places.Listed(joined));
  }

  Images select(int[] indices) {
    checkAtLeastOne("number of indices", indices.length);
    int[] selected = Arrays.stream(indices).map(this::place).toArray();
    return at(new Places.Listed(selected));
  }

  private Images at(Places newPlaces) {
    return new Images(pixels, newPlaces, height, width, channels, format);
  }
}
