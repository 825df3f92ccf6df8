package io.github.convnet4j.files;

import io.github.convnet4j.check.Missing;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder of four IDX files named like MNIST's: {@code train-images-idx3-ubyte}, {@code
 * train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each
 * with or without a final {@code .gz}. Fashion-MNIST and others use the same names and format.
 */
public final class IdxFolder {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";
  private static final List<String> NAMES =
      List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

  /** The subfolder that may hold the files. */
  private static final String SUBFOLDER = "mnist";

  /** SHA-256 of MNIST's 60,000 training labels, which tells MNIST from other data sets. */
  private static final String MNIST_LABELS =
      "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13";

  private IdxFolder() {}

  /**
   * Reads the four files.
   *
   * <p>The first twelfth of the training images (at least one) is used for validation and the rest
   * for training: 5,000 and 55,000 of MNIST's 60,000. If either part would lack a class, as in
   * files that are sorted by class, the first twelfth of each class is used for validation, and
   * {@link DataSets#notes} says so. The number of classes is the largest label plus one: 27 for the
   * letters of EMNIST, whose labels are from 1 to 26.
   *
   * @param directory the folder with the four files, or one that has them in a subfolder {@code
   *     mnist}
   * @throws DataException if a file is missing or damaged, or the files do not belong together
   */
  public static DataSets read(Path directory) {
    IdxFiles files = IdxFiles.read(directory);
    int largest = Math.max(files.train.largestLabel(), files.test.largestLabel());
    return files.dataSets(largest + 1);
  }

  /**
   * Reads data like {@link #read(Path)}, with a given number of classes.
   *
   * @param classes labels are from 0 to {@code classes - 1}; not all of them need to occur
   */
  public static DataSets read(Path directory, int classes) {
    if (classes < 1 || classes > 256) {
      throw new IllegalArgumentException(
          "classes must be from 1 to 256, because a label is one byte: " + classes);
    }
    return IdxFiles.read(directory).dataSets(classes);
  }

  /** Returns whether the folder, or its subfolder {@code mnist}, has any of the four files. */
  public static boolean exists(Path directory) {
    return holdsAny(directory) || holdsAny(directory.resolve(SUBFOLDER));
  }

  static boolean holdsAny(Path folder) {
    return !filesIn(folder).isEmpty();
  }

  /** The four files' contents. */
  private record IdxFiles(Path folder, LabelledImages train, LabelledImages test) {
    static IdxFiles read(Path directory) {
      Map<String, Path> files = find(directory);
      Path trainImages = files.get(TRAIN_IMAGES);
      Path testImages = files.get(TEST_IMAGES);
      LabelledImages train = LabelledImages.read(trainImages, files.get(TRAIN_LABELS));
      LabelledImages test = LabelledImages.read(testImages, files.get(TEST_LABELS));
      if (train.size() < 2) {
        throw new DataException(
            trainImages
                + " holds 1 image: give at least 2, one to train on and one to validate on");
      }
      if (!train.imageSize().equals(test.imageSize())) {
        throw new DataException(
            "%s holds images of %s but %s holds images of %s: give files of the same data set"
                .formatted(trainImages, train.imageSize(), testImages, test.imageSize()));
      }
      return new IdxFiles(trainImages.toAbsolutePath().normalize().getParent(), train, test);
    }

    DataSets dataSets(int classes) {
      if (train.distinctLabels() < 2) {
        throw new DataException(
            "%s holds only the label %d: give images of at least two classes"
                .formatted(train.labelsName(), train.largestLabel()));
      }
      boolean mnist = Sha256.of(train.labels().values()).equals(MNIST_LABELS);
      return FirstTwelfth.split(
          train.dataSet(classes),
          test.dataSet(classes),
          (mnist ? "MNIST from " : "IDX files from ") + folder);
    }
  }

  /** The four files by their names without {@code .gz}. */
  private static Map<String, Path> find(Path directory) {
    if (!Files.exists(directory)) {
      throw new DataException(
          Missing.sentence(directory, "give the folder that holds MNIST's four files"));
    }
    if (!Files.isDirectory(directory)) {
      throw new DataException(
          directory
              + " is not a folder: give the folder that holds MNIST's four files; NumpyData reads"
              + " NPZ files and PixelTable CSV files");
    }
    if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
      throw new DataException(directory + " cannot be read: check its permissions");
    }
    Map<String, Path> here = filesIn(directory);
    Map<String, Path> below = filesIn(directory.resolve(SUBFOLDER));
    Map<String, Path> found = here.isEmpty() ? below : here;
    List<String> missing = new ArrayList<>(NAMES);
    missing.removeAll(found.keySet());
    if (!missing.isEmpty()) {
      throw new DataException(
          "%s does not hold %s: put MNIST's four files there, each with or without .gz"
              .formatted(
                  found.isEmpty() || here.equals(found) ? directory : directory.resolve(SUBFOLDER),
                  String.join(", ", missing)));
    }
    return found;
  }

  private static Map<String, Path> filesIn(Path folder) {
    Map<String, Path> files = new TreeMap<>();
    for (String name : NAMES) {
      for (Path file : List.of(folder.resolve(name), folder.resolve(name + ".gz"))) {
        if (Files.isRegularFile(file)) {
          files.put(name, file);
        }
      }
    }
    return files;
  }
}
