package io.github.convnet4j.data;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
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
 */
public record DataSets(
    DataSet train, DataSet validation, DataSet test, List<String> classNames, String source) {
  /** The first part of a training file that is kept for validation: 5,000 of MNIST's 60,000. */
  private static final int VALIDATION_SHARE = 12;

  /** Checks that the images are of one size, the classes the same, and each has a name. */
  public DataSets {
    if (!sameKind(train, validation) || !sameKind(train, test)) {
      throw new IllegalArgumentException(
          "train, validation and test must have images of one size and the same classes: %s, %s, %s"
              .formatted(train, validation, test));
    }
    classNames = List.copyOf(classNames);
    if (classNames.size() != train.classes()
        || new HashSet<>(classNames).size() != classNames.size()) {
      throw new IllegalArgumentException(
          "classNames must be one for each of %d classes, all different: %s"
              .formatted(train.classes(), classNames));
    }
  }

  /** With classes called "0", "1", … */
  public DataSets(DataSet train, DataSet validation, DataSet test, String source) {
    this(
        train,
        validation,
        test,
        IntStream.range(0, train.classes()).mapToObj(String::valueOf).toList(),
        source);
  }

  /**
   * Reads the four files of MNIST, or of any other data set that is kept in files of the same names
   * and format, such as Fashion-MNIST: {@code train-images-idx3-ubyte}, {@code
   * train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte},
   * each with {@code .gz} at its end or without.
   *
   * <p>The first twelfth of the training images (at least one) is for validation, the rest for
   * training: of MNIST's 60,000, 5,000 and 55,000. There are as many classes as the largest label
   * says, and a label above 9 is a fault; for more classes see {@link #read(Path, int)}.
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
   * Reads a folder that has a folder of pictures (PNG, JPEG, GIF, BMP) for each class, called as
   * the class is; classes are numbered in the order of their names. A tenth of the pictures is for
   * testing and one for validation, chosen by the files' names alone, so that it is the same tenth
   * each time, and so that each part has the classes in their proportion.
   *
   * <p>If the folders in it are called {@code train}, {@code test} and {@code validation} (or
   * {@code val}, {@code valid}), the class folders are looked for in these, and only a part that is
   * missing is taken from {@code train}. Folders in class folders are looked through, too; hidden
   * files and those that do not end as pictures do are left out.
   *
   * @throws DataException if there are fewer than two class folders, one of them has no picture, a
   *     picture cannot be read, or they are not all of one size and the format has none
   */
  public static DataSets imageFolder(Path directory, PictureFormat format) {
    return ImageFolder.read(directory, format);
  }

  /** As {@link #imageFolder(Path, PictureFormat)}, in {@link PictureFormat#asTheyAre}. */
  public static DataSets imageFolder(Path directory) {
    return imageFolder(directory, PictureFormat.asTheyAre());
  }

  /**
   * All pictures of a folder that has a folder for each class, or for some of them.
   *
   * @param classNames the folders' names, in the order of their labels
   * @throws DataException as {@link #imageFolder(Path, PictureFormat)}, or if there is a folder of
   *     another name
   */
  public static DataSet imageFolder(Path directory, PictureFormat format, List<String> classNames) {
    return ImageFolder.readAll(directory, format, classNames);
  }

  /** Whether any of MNIST's four files is in the folder, or in a folder {@code mnist} in it. */
  public static boolean isIdxFolder(Path directory) {
    return IdxFolder.holdsAny(directory) || IdxFolder.holdsAny(directory.resolve("mnist"));
  }

  /**
   * The same with another part for validation: of those for validation and for training together,
   * in this order, the first.
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
    return new DataSets(
        learning.subset(inside, learning.size()),
        learning.subset(0, inside),
        test,
        classNames,
        source);
  }

  /** All images: those for testing first, then for validation, then for training. */
  public DataSet all() {
    return DataSet.concat(DataSet.concat(test, validation), train);
  }

  /** The first twelfth of {@code training} for validation, the rest of it for training. */
  static DataSets split(DataSet training, DataSet test, String source) {
    int validation = Math.max(1, training.size() / VALIDATION_SHARE);
    return new DataSets(
        training.subset(validation, training.size()), training.subset(0, validation), test, source);
  }

  private static boolean sameKind(DataSet a, DataSet b) {
    return a.height() == b.height()
        && a.width() == b.width()
        && a.channels() == b.channels()
        && a.classes() == b.classes();
  }

  /** In one line, the source and the sizes. */
  public String summary() {
    return "%s (train %d, validation %d, test %d)"
        .formatted(source, train.size(), validation.size(), test.size());
  }
}
