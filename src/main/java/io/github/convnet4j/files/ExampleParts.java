package io.github.convnet4j.files;

import io.github.convnet4j.check.NameList;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.Relabeling;
import io.github.convnet4j.data.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pictures of a folder in three parts, for training, validation and testing, with targets that
 * {@link TargetFolder} or {@link MaskFolder} has read. Immutable. For pictures with one class each,
 * see {@link DataSets}.
 */
public final class ExampleParts {
  private static final int NAMED = 10;

  private final Path folder;
  private final Source all;
  private final int[] test;
  private final int[] validation;
  private final int[] train;
  private final List<String> names;
  private final String named;
  private final List<String> notes;

  private ExampleParts(
      Path folder,
      Source all,
      int[] test,
      int[] validation,
      int[] train,
      List<String> names,
      String named,
      List<String> notes) {
    this.folder = folder;
    this.all = all;
    this.test = test;
    this.validation = validation;
    this.train = train;
    this.names = List.copyOf(names);
    this.named = named;
    this.notes = List.copyOf(notes);
  }

  /**
   * Returns the parts of the pictures that could be read.
   *
   * @param all the pictures of the split
   * @param reader knows which of them could be read
   * @param names what the targets or classes are called
   * @param named what they are, in the plural, for messages
   */
  static ExampleParts of(
      FolderSplit split,
      Source all,
      PictureReader reader,
      List<String> names,
      String named,
      List<String> notes) {
    return new ExampleParts(
        split.folder(),
        split.groups().map(all::grouped).orElse(all),
        reader.readable(split.test()),
        reader.readable(split.validation()),
        reader.readable(split.train()),
        names,
        named,
        notes);
  }

  /**
   * Returns the parts of examples that arrays hold.
   *
   * @param file where they are from
   * @param all the examples, which the indices of the parts refer to
   * @param names what the targets are called
   */
  static ExampleParts of(
      Path file,
      Source all,
      int[] train,
      int[] validation,
      int[] test,
      List<String> names,
      List<String> notes) {
    return new ExampleParts(file, all, test, validation, train, names, "targets", notes);
  }

  /**
   * Returns the examples to train on.
   *
   * @throws DataException if there are too few pictures
   */
  public Source train() {
    return select("training", train);
  }

  /**
   * Returns the examples by which to choose, for example when to stop.
   *
   * @throws DataException if there are too few pictures
   */
  public Source validation() {
    return select("validation", validation);
  }

  /**
   * Returns the examples that are used neither for training nor for choosing.
   *
   * @throws DataException if there are too few pictures
   */
  public Source test() {
    return select("test", test);
  }

  /** Returns the examples for training and those for validation together. */
  public Source trainAndValidation() {
    return select("training", joined(validation, train));
  }

  /** Returns all examples. */
  public Source all() {
    return all.select(joined(test, joined(validation, train)));
  }

  private Source select(String part, int[] indices) {
    if (indices.length == 0) {
      throw new DataException(
          "%s has no %s pictures: give at least three pictures, to train, validate and test on"
              .formatted(folder, part));
    }
    return all.select(indices);
  }

  private static int[] joined(int[] first, int[] second) {
    return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
  }

  /**
   * Returns the examples with another share for validation, of those that are not test examples. If
   * the pictures are in groups, they stay together.
   *
   * @param share above 0 and below 1; each part keeps at least one example
   * @throws DataException if there are fewer than two such examples
   */
  public ExampleParts validationShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share must be above 0 and below 1: " + share);
    }
    int[] learning = joined(validation, train);
    if (learning.length < 2) {
      throw new DataException(
          "%s holds too few pictures: give at least two, to train and validate on"
              .formatted(folder));
    }
    int count = (int) Math.round(share * learning.length);
    int inside = Math.min(Math.max(1, count), learning.length - 1);
    int[] order = IntStream.range(0, learning.length).toArray();
    int[] drawn = all.select(learning).draw(order, inside);
    return new ExampleParts(
        folder,
        all,
        test,
        IntStream.of(drawn).map(i -> learning[i]).toArray(),
        IntStream.of(order)
            .filter(i -> Arrays.binarySearch(drawn, i) < 0)
            .map(i -> learning[i])
            .toArray(),
        names,
        named,
        notes);
  }

  /**
   * Returns the examples with other classes in their masks.
   *
   * @param unlabeled stands for pixels of classes that are dropped, and for pixels that had no
   *     class; at least the number of classes that are left
   * @throws IllegalArgumentException if the examples do not have masks, or the relabeling is for
   *     another number of classes
   */
  public ExampleParts relabelMasks(Relabeling relabeling, int unlabeled) {
    if (relabeling.classesBefore() != names.size()) {
      throw new IllegalArgumentException(
          "relabeling must be of the %d classes %s: it is of %d"
              .formatted(names.size(), NameList.some(names, NAMED), relabeling.classesBefore()));
    }
    return new ExampleParts(
        folder,
        all.relabelMasks(relabeling, unlabeled),
        test,
        validation,
        train,
        relabeling.names(),
        named,
        notes);
  }

  /** Returns what the targets are called: columns of a table, or classes of pixels. */
  public List<String> names() {
    return names;
  }

  /**
   * Returns all that a user should know, a sentence each: what was read and from where, and what
   * was left out.
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "pictures from %s (train %d, validation %d, test %d), %d %s: %s"
            .formatted(
                folder.toAbsolutePath().normalize(),
                train.length,
                validation.length,
                test.length,
                names.size(),
                named,
                NameList.some(names, NAMED)));
    lines.addAll(notes);
    return List.copyOf(lines);
  }

  /** Returns the first of the {@link #lines}. */
  @Override
  public String toString() {
    return lines().get(0);
  }
}
