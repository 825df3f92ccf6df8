package io.github.convnet4j.data;

import io.github.convnet4j.check.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * Images of the same size, without labels. Immutable; a subset shares the pixels.
 *
 * @param pixels of all stored images, including those outside the subset
 * @param places the position of each image among them
 * @param channels from 1 to 16: 1 for gray, 3 for color
 * @param format how they were made from files; empty if they were not, or if it is not known
 */
public record Images(
    Pixels pixels,
    Places places,
    int height,
    int width,
    int channels,
    Optional<InputFormat> format) {
  private static final int MOST_CHANNELS = 16;

  /**
   * Returns all images of a store.
   *
   * @param image the shape of each image, {@code [height, width, channels]}, with 1 to 16 channels
   * @throws IllegalArgumentException if a number is out of range, or does not match the store
   */
  public static Images of(Pixels pixels, Shape image) {
    int perImage = valuesPerImage(image);
    if (perImage != pixels.valuesPerImage()) {
      throw new IllegalArgumentException(
          "image must have %d values, as many as the images of pixels: %s"
              .formatted(pixels.valuesPerImage(), image));
    }
    checkAtLeastOne("number of images", pixels.size());
    return new Images(
        pixels,
        new Places.Range(0, pixels.size()),
        (int) image.get(0),
        (int) image.get(1),
        (int) image.get(2),
        Optional.empty());
  }

  /**
   * Returns the images in a copy of an array.
   *
   * @param each what each image has one of, for messages
   */
  static Images of(byte[] pixels, int size, String each, Shape image) {
    int perImage = checkedValuesPerImage(pixels.length, size, each, image);
    return of(HeapBytes.wrap(pixels.clone(), perImage), image);
  }

  /** Returns the images in a copy of an array, as {@link #of(byte[], int, String, Shape)}. */
  static Images of(float[] pixels, int size, String each, Shape image) {
    int perImage = checkedValuesPerImage(pixels.length, size, each, image);
    return of(HeapFloats.wrap(pixels.clone(), perImage), image);
  }

  private static int checkedValuesPerImage(int values, int size, String each, Shape image) {
    int perImage = valuesPerImage(image);
    checkAtLeastOne("number of %ss".formatted(each), size);
    if ((long) perImage * size != values) {
      throw new IllegalArgumentException(
          "pixels must hold %d images of %dx%dx%d, one for each %s: %d values"
              .formatted(size, image.get(0), image.get(1), image.get(2), each, values));
    }
    return perImage;
  }

  private static int valuesPerImage(Shape image) {
    if (image.isUnknown() || image.numDimensions() != 3 || image.hasUnknownDimension()) {
      throw new IllegalArgumentException("image must be [height, width, channels]: " + image);
    }
    Require.atLeast("height", image.get(0), 1);
    Require.atLeast("width", image.get(1), 1);
    if (image.get(2) < 1 || image.get(2) > MOST_CHANNELS) {
      throw new IllegalArgumentException(
          "channels must be from 1 to %d: %d".formatted(MOST_CHANNELS, image.get(2)));
    }
    long most = HeapLimit.LARGEST_ARRAY / image.get(2);
    if (image.get(0) > most || image.get(1) > most / image.get(0)) {
      throw new IllegalArgumentException(
          "image must have at most %d values: %s".formatted(HeapLimit.LARGEST_ARRAY, image));
    }
    return (int) (image.get(0) * image.get(1) * image.get(2));
  }

  /** Returns these images with a note of how they were made from files. */
  public Images format(InputFormat newFormat) {
    return new Images(pixels, places, height, width, channels, Optional.of(newFormat));
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

  /** Returns {@code height * width * channels}. */
  public int pixelsPerImage() {
    return height * width * channels;
  }

  /** Returns what an image is called, for example its file; empty if it has no name. */
  public Optional<String> name(int index) {
    return pixels.name(place(index));
  }

  /** Returns an image as unsigned bytes, {@code [height, width, channels]} row by row. */
  public byte[] bytes(int index) {
    return pixels.bytes(place(index));
  }

  /** Returns the images with the given indices as floats, one after another. */
  public float[] floats(int... indices) {
    float[] values = new float[Math.multiplyExact(indices.length, pixelsPerImage())];
    copy(indices, values);
    return values;
  }

  /**
   * Copies the images with the given indices into an array. Several threads share them if reading
   * them takes long.
   *
   * @throws IllegalArgumentException if it has another length
   */
  public void copy(int[] indices, float[] to) {
    checkLength("pixels", to.length, indices.length, pixelsPerImage());
    int[] stored = Arrays.stream(indices).map(this::place).toArray();
    int each = pixelsPerImage();
    if (pixels.isSlow()) {
      copyOnSeveralThreads(stored, to);
      return;
    }
    for (int i = 0; i < stored.length; i++) {
      pixels.copy(stored[i], to, i * each);
    }
  }

  /** Copies all images that can be read, so that all others are named at once. */
  private void copyOnSeveralThreads(int[] stored, float[] to) {
    int each = pixelsPerImage();
    SortedMap<Integer, DataException> faults = new ConcurrentSkipListMap<>();
    IntStream.range(0, stored.length)
        .parallel()
        .forEach(
            i -> {
              try {
                pixels.copy(stored[i], to, i * each);
              } catch (DataException e) {
                faults.put(i, e);
              }
            });
    List<DataException> remaining = new ArrayList<>();
    faults.forEach(
        (i, fault) -> {
          if (fault.getCause() instanceof OutOfMemoryError) {
            // Several large pictures may exceed the heap where one at a time does not.
            pixels.copy(stored[i], to, i * each);
          } else {
            remaining.add(fault);
          }
        });
    if (remaining.size() == 1) {
      throw remaining.get(0);
    }
    if (!remaining.isEmpty()) {
      throw new DataException(
          remaining.stream()
              .map(DataException::getMessage)
              .distinct()
              .collect(
                  Collectors.joining(
                      System.lineSeparator() + "  ",
                      "%d images cannot be read:%n  ".formatted(remaining.size()),
                      "")),
          remaining.get(0));
    }
  }

  /**
   * Checks the length of an array.
   *
   * @throws IllegalArgumentException if it does not hold exactly this many images
   */
  public static void checkLength(String argument, int length, int images, int perImage) {
    if (length != (long) images * perImage) {
      throw new IllegalArgumentException(
          "%s must have room for exactly %d images of %d values each: %d"
              .formatted(argument, images, perImage, length));
    }
  }

  /** Returns the number of images. */
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
