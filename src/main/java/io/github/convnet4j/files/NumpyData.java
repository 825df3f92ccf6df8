package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.NameList;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.FolderLayout.Part;
import io.github.convnet4j.picture.PictureFormat.Range;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/**
 * A data set in numpy's arrays: Keras' {@code mnist.npz}, a file of MedMNIST, or arrays of your
 * own.
 *
 * <pre>{@code
 * DataSets mnist = NumpyData.of(Path.of("mnist.npz")).read();
 * DataSets own = NumpyData.of(Path.of("images.npy"), Path.of("labels.npy")).read();
 * }</pre>
 *
 * <p>Images are {@code [size, height, width]}, {@code [size, height, width, channels]}, or {@code
 * [size, pixels]} if they are square. Labels are {@code [size]} or {@code [size, 1]}, or one-hot
 * {@code [size, classes]}. In an archive the names tell the arrays: {@code x} and {@code y}, {@code
 * images} and {@code labels}, or {@code data} and {@code target}, with {@code train}, {@code val}
 * or {@code test} before or after: {@code x_train}, {@code test_labels}. Validation images that are
 * missing are taken from the training images as for {@link IdxFolder}. Without test images, a tenth
 * of each class is used for testing, and a tenth of the others for validation.
 *
 * <p>Pixels are from 0 to 255, from 0 to 1, or whole numbers from 0 to 16; {@link #range} is for
 * others.
 */
public final class NumpyData {
  private static final int ARRAYS_NAMED = 10;
  private static final int MOST_CHANNELS = 16;

  private static final Set<String> IMAGES =
      Set.of("x", "image", "images", "img", "imgs", "data", "pixels");
  private static final Set<String> LABELS = Set.of("y", "label", "labels", "target", "targets");

  private final Path file;
  private final Map<Part, Named> images;
  private final Map<Part, Named> labels;
  private final Optional<Range> range;
  private final List<String> classNames;
  private final List<String> notes;

  /** An array that is read when it is needed. */
  private record Named(String name, Supplier<NumpyArray> reader) {
    NumpyArray read() {
      return reader.get();
    }
  }

  private NumpyData(
      Path file,
      Map<Part, Named> images,
      Map<Part, Named> labels,
      Optional<Range> range,
      List<String> classNames,
      List<String> notes) {
    this.file = file;
    this.images = images;
    this.labels = labels;
    this.range = range;
    this.classNames = classNames;
    this.notes = notes;
  }

  /**
   * Returns the data set in an archive {@code .npz}.
   *
   * @throws DataException if the file is no archive, or its names do not tell which arrays are
   *     images to train on and their labels
   */
  public static NumpyData of(Path archive) {
    NumpyArchive arrays = NumpyArchive.of(archive);
    Map<Part, Named> images = new EnumMap<>(Part.class);
    Map<Part, Named> labels = new EnumMap<>(Part.class);
    List<String> others = new ArrayList<>();
    for (String name : arrays.names()) {
      Named array = new Named("%s: %s".formatted(archive, name), () -> arrays.read(name));
      Optional<Part> ofImages = part(name, IMAGES);
      Optional<Part> ofLabels = part(name, LABELS);
      boolean used =
          ofImages.map(part -> images.putIfAbsent(part, array) == null).orElse(false)
              || ofLabels.map(part -> labels.putIfAbsent(part, array) == null).orElse(false);
      if (!used) {
        others.add(name);
      }
    }
    if (!images.containsKey(Part.TRAIN) || !images.keySet().equals(labels.keySet())) {
      throw new DataException(
          "%s holds the arrays %s: name the images x_train and x_test and their labels y_train and y_test, or x and y, so that each part has both"
              .formatted(archive, NameList.some(arrays.names(), ARRAYS_NAMED)));
    }
    return new NumpyData(
        archive,
        images,
        labels,
        Optional.empty(),
        List.of(),
        others.isEmpty()
            ? List.of()
            : List.of("Left out: the arrays " + NameList.some(others, ARRAYS_NAMED)));
  }

  /** Returns the data set in two files {@code .npy}. */
  public static NumpyData of(Path images, Path labels) {
    return new NumpyData(
        requireNonNull(images, "images"),
        Map.of(Part.TRAIN, new Named(images.toString(), () -> NumpyArray.read(images))),
        Map.of(Part.TRAIN, new Named(labels.toString(), () -> NumpyArray.read(labels))),
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** Returns the part that a name tells, if it is made of one of the words and perhaps a part. */
  private static Optional<Part> part(String name, Set<String> words) {
    List<String> all = new ArrayList<>(List.of(name.toLowerCase(Locale.ROOT).split("_", -1)));
    if (!all.removeIf(words::contains) || all.size() > 1) {
      return Optional.empty();
    }
    return all.isEmpty() ? Optional.of(Part.TRAIN) : Part.called(all.get(0));
  }

  /**
   * Returns the same data set with the given values as black and white, 0 and 1 for the network.
   * Values outside are not clipped.
   */
  public NumpyData range(double black, double white) {
    return new NumpyData(
        file, images, labels, Optional.of(new Range(black, white)), classNames, notes);
  }

  /** Returns the same data set with names for the classes 0, 1 and so on. */
  public NumpyData classNames(String... names) {
    return new NumpyData(file, images, labels, range, List.of(names), notes);
  }

  /**
   * Whether the labels are not one class for each image, but several numbers: {@link #readTargets}
   * is for these.
   *
   * @throws DataException if the labels cannot be read
   */
  public boolean hasTargets() {
    NumpyArray array = labels.get(Part.TRAIN).read();
    if (columns(array) > 1) {
      return !isOneHot(array);
    }
    return !RawPixels.OfFloats.checked(labels.get(Part.TRAIN).name(), array.floats(), 1).areWhole();
  }

  /**
   * Reads images with one class each.
   *
   * @throws DataException if an array cannot be read, does not have the shape of images or labels,
   *     or does not belong to the others
   */
  public DataSets read() {
    ImageArrays arrays = arrays();
    return arrays.dataSets(classes(arrays), classNames);
  }

  /**
   * Reads the images of all parts as one set.
   *
   * @throws DataException as {@link #read}
   */
  public DataSet readAll() {
    ImageArrays arrays = arrays();
    return arrays.all(classes(arrays), classNames);
  }

  private Map<Part, int[]> classes(ImageArrays arrays) {
    Map<Part, int[]> all = new EnumMap<>(Part.class);
    labels.forEach((part, named) -> all.put(part, classes(arrays, part, named)));
    return all;
  }

  /**
   * Reads images with several labels or numbers each: labels {@code [size, targets]}.
   *
   * @throws DataException as {@link #read}
   */
  public ExampleParts readTargets() {
    ImageArrays arrays = arrays();
    Map<Part, float[]> all = new EnumMap<>(Part.class);
    int columns = 0;
    for (Map.Entry<Part, Named> entry : labels.entrySet()) {
      NumpyArray array = rows(arrays, entry.getKey(), entry.getValue());
      if (columns != 0 && columns(array) != columns) {
        throw new DataException(
            "%s has %d values for each image, but another part has %d: give the same number"
                .formatted(entry.getValue().name(), columns(array), columns));
      }
      columns = columns(array);
      float[] values = array.floats();
      all.put(
          entry.getKey(),
          RawPixels.OfFloats.checked(entry.getValue().name(), values, columns).all());
    }
    return arrays.exampleParts(all, DataSets.numbers(columns));
  }

  private ImageArrays arrays() {
    Map<Part, RawPixels> pixels = new EnumMap<>(Part.class);
    Optional<Shape> image = Optional.empty();
    for (Map.Entry<Part, Named> entry : images.entrySet()) {
      String name = entry.getValue().name();
      NumpyArray array = entry.getValue().read();
      Shape found = image(name, array.shape());
      if (image.isPresent() && !image.get().equals(found)) {
        throw new DataException(
            "%s has images of %s, but another part has images of %s: give images of one size"
                .formatted(name, found, image.get()));
      }
      image = Optional.of(found);
      pixels.put(
          entry.getKey(),
          array.type() == NumpyArray.Type.UINT8 || array.type() == NumpyArray.Type.BOOL
              ? new RawPixels.OfBytes(array.sharedBytes())
              : RawPixels.OfFloats.checked(name, array.floats(), Math.toIntExact(found.size())));
    }
    return new ImageArrays(file, image.orElseThrow(), pixels, range, notes);
  }

  private static Shape image(String name, Shape all) {
    int rank = all.numDimensions();
    if (rank == 3) {
      return Shape.of(all.get(1), all.get(2), 1);
    }
    if (rank == 4 && all.get(3) <= MOST_CHANNELS) {
      return Shape.of(all.get(1), all.get(2), all.get(3));
    }
    if (rank == 4 && all.get(1) <= MOST_CHANNELS) {
      throw new DataException(
          "%s has the shape %s, in which the channels come before the rows: save np.transpose(x, (0, 2, 3, 1))"
              .formatted(name, all));
    }
    if (rank == 2) {
      return SquareImage.of(all.get(1))
          .orElseThrow(
              () ->
                  new DataException(
                      "%s has %d pixels for each image, which are not square: save x.reshape(len(x), height, width)"
                          .formatted(name, all.get(1))));
    }
    throw new DataException(
        "%s has the shape %s: images must be [size, height, width] or [size, height, width, channels]"
            .formatted(name, all));
  }

  private static int columns(NumpyArray array) {
    Shape shape = array.shape();
    return shape.numDimensions() < 2 ? 1 : Math.toIntExact(shape.size() / shape.get(0));
  }

  /** Reads labels or targets, and compares their number with that of the images. */
  private static NumpyArray rows(ImageArrays arrays, Part part, Named named) {
    NumpyArray array = named.read();
    int rank = array.shape().numDimensions();
    if (rank != 1 && rank != 2) {
      throw new DataException(
          "%s has the shape %s: labels must be [size] or [size, labels]"
              .formatted(named.name(), array.shape()));
    }
    if (array.shape().get(0) != arrays.size(part)) {
      throw new DataException(
          "%s has labels for %d images, but there are %d images: give one for each"
              .formatted(named.name(), array.shape().get(0), arrays.size(part)));
    }
    return array;
  }

  private static int[] classes(ImageArrays arrays, Part part, Named named) {
    NumpyArray array = rows(arrays, part, named);
    if (columns(array) == 1) {
      try {
        return array.integers();
      } catch (DataException e) {
        throw new DataException(
            "%s must have the number of a class for each image: %s: for numbers of other kinds use readTargets(), on the command line --task regression"
                .formatted(named.name(), e.getMessage()),
            e);
      }
    }
    if (!isOneHot(array)) {
      throw new DataException(
          "%s has %d labels for each image: use readTargets(), on the command line --task multi-label"
              .formatted(named.name(), columns(array)));
    }
    float[] rows = array.floats();
    int columns = columns(array);
    int[] classes = new int[rows.length / columns];
    for (int i = 0; i < rows.length; i++) {
      classes[i / columns] += rows[i] == 1 ? i % columns : 0;
    }
    return classes;
  }

  /** Whether each row has a single 1 and zeros. */
  private static boolean isOneHot(NumpyArray array) {
    float[] rows = array.floats();
    int columns = columns(array);
    int[] ones = new int[rows.length / columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != 0 && rows[i] != 1) {
        return false;
      }
      ones[i / columns] += (int) rows[i];
    }
    return Arrays.stream(ones).allMatch(count -> count == 1);
  }

  /** Returns the file. */
  @Override
  public String toString() {
    return "NumpyData[%s]".formatted(file);
  }
}
