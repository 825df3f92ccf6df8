package io.github.convnet4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A data set in three parts, for training, validation and testing: the counterpart of Python's
 * {@code read_data_sets}.
 *
 * @param train images to train on
 * @param validation images by which to choose, for example when to stop
 * @param test images that are used neither for training nor for choosing
 * @param classNames one for each class, all different, in the order of the labels
 * @param source what the images are and where they come from, as text: {@code MNIST from
 *     /data/mnist}
 * @param notes what else the user should know, a sentence each, for example which files were left
 *     out
 */
public record DataSets(
    DataSet train,
    DataSet validation,
    DataSet test,
    List<String> classNames,
    String source,
    List<String> notes) {
  /** One in this many training images is used for validation: 5,000 of MNIST's 60,000. */
  private static final int VALIDATION_SHARE = 12;

  /** The largest number of classes named in a line. */
  private static final int CLASSES_NAMED = 10;

  /**
   * Checks that all images have the same size and the same classes, and that each class has a name.
   */
  public DataSets {
    if (!sameKind(train, validation) || !sameKind(train, test)) {
      throw new IllegalArgumentException(
          "train, validation and test must have images of the same size and classes: %s, %s, %s"
              .formatted(train, validation, test));
    }
    classNames = List.copyOf(classNames);
    notes = List.copyOf(notes);
    if (classNames.size() != train.classes()
        || new HashSet<>(classNames).size() != classNames.size()) {
      throw new IllegalArgumentException(
          "classNames must have a different name for each of the %d classes: %s"
              .formatted(train.classes(), classNames));
    }
  }

  /** Creates data sets without notes. */
  public DataSets(
      DataSet train, DataSet validation, DataSet test, List<String> classNames, String source) {
    this(train, validation, test, classNames, source, List.of());
  }

  /** Creates data sets whose classes are called "0", "1", …, without notes. */
  public DataSets(DataSet train, DataSet validation, DataSet test, String source) {
    this(train, validation, test, numbers(train.classes()), source);
  }

  private static List<String> numbers(int classes) {
    return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
  }

  /**
   * Reads the four files of MNIST, or of another data set in files of the same names and format,
   * such as Fashion-MNIST: {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
   * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each with or without a final {@code
   * .gz}.
   *
   * <p>The first twelfth of the training images (at least one) is used for validation and the rest
   * for training: 5,000 and 55,000 of MNIST's 60,000. If either part would lack a class, as in
   * files that are sorted by class, the first twelfth of each class is used for validation, and
   * {@link #notes} says so. The largest label determines the number of classes. A label above 9 is
   * an error; for more classes see {@link #read(Path, int)}.
   *
   * @param directory the folder with the four files, or one that has them in a subfolder {@code
   *     mnist}
   * @throws DataException if a file is missing or damaged, or the files do not belong together
   */
  public static DataSets read(Path directory) {
    return IdxFolder.read(directory);
  }

  /**
   * Reads data like {@link #read(Path)}, with a given number of classes.
   *
   * @param classes labels are from 0 to {@code classes - 1}; not all of them need to occur
   */
  public static DataSets read(Path directory, int classes) {
    return IdxFolder.read(directory, classes);
  }

  /**
   * Returns the 1,797 handwritten digits bundled with this library, scaled from 8x8 to 28x28, for
   * use where MNIST is not available. They are from the UCI Machine Learning Repository; see {@code
   * NOTICE}.
   *
   * <p>They are split in MNIST's proportions, in their original order: the first 128 for
   * validation, the next 1,412 for training, the last 257 for testing.
   */
  public static DataSets digits() {
    return EmbeddedDigits.read();
  }

  /**
   * Reads a folder that has a subfolder of pictures for each class; see {@link ImageFolder}.
   *
   * @throws DataException as {@link ImageFolder#read}
   */
  public static DataSets imageFolder(Path directory, PictureFormat format) {
    return ImageFolder.of(directory).format(format).read();
  }

  /**
   * Reads data like {@link #imageFolder(Path, PictureFormat)}, with the pictures {@linkplain
   * PictureFormat#asTheyAre as they are}.
   */
  public static DataSets imageFolder(Path directory) {
    return imageFolder(directory, PictureFormat.asTheyAre());
  }

  /** Returns whether the folder, or its subfolder {@code mnist}, has any of MNIST's four files. */
  public static boolean isIdxFolder(Path directory) {
    return IdxFolder.holdsAny(directory) || IdxFolder.holdsAny(directory.resolve("mnist"));
  }

  /**
   * Returns the data with another share of its images for validation. The first images of each
   * class are taken from the validation and training images together, in this order, so that each
   * class keeps its proportion. The test images stay the same.
   *
   * @param share above 0 and below 1; each part keeps at least one image
   */
  public DataSets validationShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share must be above 0 and below 1: " + share);
    }
    DataSet learning = DataSet.concat(validation, train);
    int count = (int) Math.round(share * learning.size());
    int inside = Math.min(Math.max(1, count), learning.size() - 1);
    int[] drawn = firstOfEachClass(learning, inside);
    return new DataSets(
        learning.without(drawn), learning.select(drawn), test, classNames, source, notes);
  }

  private static int[] firstOfEachClass(DataSet images, int count) {
    return images.draw(IntStream.range(0, images.size()).toArray(), count);
  }

  /**
   * Returns all images: the test images first, then the validation images, then the training
   * images.
   */
  public DataSet all() {
    return DataSet.concat(DataSet.concat(test, validation), train);
  }

  /**
   * Uses the first twelfth of {@code training} for validation and the rest for training, or the
   * first twelfth of each class if either part would otherwise lack a class.
   */
  static DataSets split(DataSet training, DataSet test, String source) {
    int validation = Math.max(1, training.size() / VALIDATION_SHARE);
    DataSet first = training.subset(0, validation);
    DataSet rest = training.subset(validation, training.size());
    if (isFair(training.imagesPerClass(), first.imagesPerClass())) {
      return new DataSets(rest, first, test, source);
    }
    int[] drawn = firstOfEachClass(training, validation);
    if (Arrays.equals(drawn, IntStream.range(0, validation).toArray())) {
      return new DataSets(rest, first, test, source);
    }
    return new DataSets(
        training.without(drawn),
        training.select(drawn),
        test,
        numbers(training.classes()),
        source,
        List.of(
            "The first twelfth of each class is used for validation, because the first twelfth of"
                + " the file has no image of some class, or all of its images"));
  }

  /** Whether both parts have each class; a class with a single image only has to be in training. */
  private static boolean isFair(int[] all, int[] validation) {
    return IntStream.range(0, all.length)
        .allMatch(
            c -> all[c] == 0 || (validation[c] < all[c] && (validation[c] > 0 || all[c] == 1)));
  }

  private static boolean sameKind(DataSet a, DataSet b) {
    return a.height() == b.height()
        && a.width() == b.width()
        && a.channels() == b.channels()
        && a.classes() == b.classes();
  }

  /**
   * Returns the source and the sizes in one line, and the names of the classes unless they are just
   * numbers.
   */
  public String summary() {
    String sizes =
        "%s (train %d, validation %d, test %d)"
            .formatted(source, train.size(), validation.size(), test.size());
    return classNames.equals(numbers(classNames.size()))
        ? sizes
        : "%s, %d classes: %s"
            .formatted(sizes, classNames.size(), FileNames.some(classNames, CLASSES_NAMED));
  }

  /**
   * Returns all that a user should know: the summary, the notes, and which classes are missing from
   * a part.
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(summary());
    lines.addAll(notes);
    missing("training", train).ifPresent(lines::add);
    missing("validation", validation).ifPresent(lines::add);
    missing("test", test).ifPresent(lines::add);
    return List.copyOf(lines);
  }

  private Optional<String> missing(String part, DataSet images) {
    int[] counts = images.imagesPerClass();
    List<String> none =
        IntStream.range(0, counts.length)
            .filter(c -> counts[c] == 0)
            .mapToObj(classNames::get)
            .toList();
    return none.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "No %s images of class %s".formatted(part, FileNames.some(none, CLASSES_NAMED)));
  }
}
