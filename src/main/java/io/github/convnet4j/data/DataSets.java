package io.github.convnet4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a network is trained on, chosen by, and tested on: the counterpart of {@code
 * read_data_sets}.
 *
 * @param train images to learn from
 * @param validation images to choose by
 * @param test images that nothing was learnt from or chosen by
 * @param classNames one for each class, all different, in the order of the labels
 * @param source what the images are and where they come from, for a reader: {@code MNIST from
 *     /data/mnist}
 * @param notes what a reader should know besides, a sentence each: which files were left out, say
 */
public record DataSets(
    DataSet train,
    DataSet validation,
    DataSet test,
    List<String> classNames,
    String source,
    List<String> notes) {
  /** The first part of a training file that is kept for validation: 5,000 of MNIST's 60,000. */
  private static final int VALIDATION_SHARE = 12;

  /** How many classes are named in a line. */
  private static final int CLASSES_NAMED = 10;

  /** Checks that the images are of one size, the classes the same, and each has a name. */
  public DataSets {
    if (!sameKind(train, validation) || !sameKind(train, test)) {
      throw new IllegalArgumentException(
          "train, validation and test must have images of one size and the same classes: %s, %s, %s"
              .formatted(train, validation, test));
    }
    classNames = List.copyOf(classNames);
    notes = List.copyOf(notes);
    if (classNames.size() != train.classes()
        || new HashSet<>(classNames).size() != classNames.size()) {
      throw new IllegalArgumentException(
          "classNames must be one for each of %d classes, all different: %s"
              .formatted(train.classes(), classNames));
    }
  }

  /** With nothing to note. */
  public DataSets(
      DataSet train, DataSet validation, DataSet test, List<String> classNames, String source) {
    this(train, validation, test, classNames, source, List.of());
  }

  /** With classes called "0", "1", …, and nothing to note. */
  public DataSets(DataSet train, DataSet validation, DataSet test, String source) {
    this(train, validation, test, numbers(train.classes()), source);
  }

  private static List<String> numbers(int classes) {
    return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
  }

  /**
   * Reads the four files of MNIST, or of any other data set that is kept in files of the same names
   * and format, such as Fashion-MNIST: {@code train-images-idx3-ubyte}, {@code
   * train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte},
   * each with {@code .gz} at its end or without.
   *
   * <p>The first twelfth of the training images (at least one) is for validation, the rest for
   * training: of MNIST's 60,000, 5,000 and 55,000. But if a class were missing from either, as in
   * files that are sorted by class, the first twelfth of each class is for validation, and {@link
   * #notes} says so. There are as many classes as the largest label says, and a label above 9 is a
   * fault; for more classes see {@link #read(Path, int)}.
   *
   * @param directory the folder with the four files, or one that has them in a folder {@code mnist}
   * @throws DataException if a file is missing or faulty, or the files do not fit together
   */
  public static DataSets read(Path directory) {
    return IdxFolder.read(directory);
  }

  /**
   * As {@link #read(Path)}, with a given number of classes.
   *
   * @param classes labels run from 0 to {@code classes - 1}, whether each of them occurs or not
   */
  public static DataSets read(Path directory, int classes) {
    return IdxFolder.read(directory, classes);
  }

  /**
   * The 1,797 handwritten digits that come with this library, scaled from 8x8 to 28x28: for a
   * machine that has no MNIST. They are from the UCI machine learning repository; see {@code
   * NOTICE}.
   *
   * <p>They are split in MNIST's proportions, in the order in which they are kept: 128 for
   * validation, 1,412 for training, the last 257 for testing.
   */
  public static DataSets digits() {
    return EmbeddedDigits.read();
  }

  /**
   * Reads a folder that has a folder of pictures for each class; see {@link ImageFolder}.
   *
   * @throws DataException as {@link ImageFolder#read}
   */
  public static DataSets imageFolder(Path directory, PictureFormat format) {
    return ImageFolder.of(directory).format(format).read();
  }

  /** As {@link #imageFolder(Path, PictureFormat)}, in {@link PictureFormat#asTheyAre}. */
  public static DataSets imageFolder(Path directory) {
    return imageFolder(directory, PictureFormat.asTheyAre());
  }

  /** Whether any of MNIST's four files is in the folder, or in a folder {@code mnist} in it. */
  public static boolean isIdxFolder(Path directory) {
    return IdxFolder.holdsAny(directory) || IdxFolder.holdsAny(directory.resolve("mnist"));
  }

  /**
   * The same with another part for validation. It is drawn by class, so that each class has the
   * same share: of the images for validation and for training together, in this order, the first of
   * each class.
   *
   * @param share from 0 to 1, both excluded; at least one image remains in either part
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
    return images.drawByClass(IntStream.range(0, images.size()).toArray(), count);
  }

  /** All images: those for testing first, then for validation, then for training. */
  public DataSet all() {
    return DataSet.concat(DataSet.concat(test, validation), train);
  }

  /**
   * The first twelfth of {@code training} for validation, the rest of it for training; or, if a
   * class were missing from either, the first twelfth of each class.
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
            "Each class gives its first twelfth for validation: the first twelfth of the file has"
                + " no image of some class, or all of them"));
  }

  /** Whether both parts have each class; of a class with one image, the training part. */
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

  /** In one line, the source, the sizes, and the classes unless they are called by number. */
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
   * All that a user should be told: the summary, the notes, and of which classes a part has no
   * image.
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
            "No %s image is of class %s".formatted(part, FileNames.some(none, CLASSES_NAMED)));
  }
}
