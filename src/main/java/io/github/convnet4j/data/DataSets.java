package io.github.convnet4j.data;

import io.github.convnet4j.check.NameList;
import java.util.ArrayList;
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

  /** Returns the names of classes without names: "0", "1", … */
  public static List<String> numbers(int classes) {
    return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
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
    int[] drawn = learning.draw(IntStream.range(0, learning.size()).toArray(), inside);
    return new DataSets(
        learning.without(drawn), learning.select(drawn), test, classNames, source, notes);
  }

  /**
   * Returns the data with other classes, in all three parts.
   *
   * @throws IllegalArgumentException if the relabeling is for another number of classes, or no
   *     image of a part is left
   */
  public DataSets relabel(Relabeling relabeling) {
    return new DataSets(
        train.relabel(relabeling),
        validation.relabel(relabeling),
        test.relabel(relabeling),
        relabeling.names(),
        source,
        notes);
  }

  /**
   * Returns all images: the test images first, then the validation images, then the training
   * images.
   */
  public DataSet all() {
    return DataSet.concat(DataSet.concat(test, validation), train);
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
            .formatted(sizes, classNames.size(), NameList.some(classNames, CLASSES_NAMED));
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
            "No %s images of class %s".formatted(part, NameList.some(none, CLASSES_NAMED)));
  }
}
