package io.github.convnet4j.data;

import java.nio.file.Path;

/**
 * What a network is trained on, chosen by, and tested on: the counterpart of {@code
 * read_data_sets}.
 *
 * @param train images to learn from
 * @param validation images to choose by
 * @param test images that nothing was learnt from or chosen by
 * @param source what the images are and where they come from, for a reader: {@code MNIST from
 *     /data/mnist}
 */
public record DataSets(DataSet train, DataSet validation, DataSet test, String source) {
  /** The first part of a training file that is kept for validation: 5,000 of MNIST's 60,000. */
  private static final int VALIDATION_SHARE = 12;

  /** Checks that the images are of one size and the classes the same. */
  public DataSets {
    if (!sameKind(train, validation) || !sameKind(train, test)) {
      throw new IllegalArgumentException(
          "train, validation and test must have images of one size and the same classes: %s, %s, %s"
              .formatted(train, validation, test));
    }
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
