package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.Images;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.files.FolderLayout.Part;
import io.github.convnet4j.picture.PictureFormat.Range;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * The images of a file of arrays, by part of the data set, before they become data sets. A part
 * that the file does not have is taken from the others.
 *
 * @param file where they are from
 * @param image shape of each image
 * @param pixels of each part; at least the training part
 * @param range the values of black and white; if empty, the usual one that they seem to have
 * @param notes what else the user should know
 */
record ImageArrays(
    Path file,
    Shape image,
    Map<Part, RawPixels> pixels,
    Optional<Range> range,
    List<String> notes) {
  /** One in this many images is used for a part that is missing. */
  private static final int TENTH = 10;

  /** More classes than this are more likely a wrong column. */
  private static final int MOST_CLASSES = 1 << 16;

  private static final long SEED = 1;

  /** Returns the number of images of a part. */
  int size(Part part) {
    return Math.toIntExact(pixels.get(part).length() / image.size());
  }

  private Images images(RawPixels raw, Range chosen) {
    try {
      return Images.of(raw.in(chosen, Math.toIntExact(image.size())), image);
    } catch (IllegalArgumentException e) {
      throw new DataException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Range chosen() {
    return range.orElseGet(() -> UsualRange.of(file, List.copyOf(pixels.values())));
  }

  private String source() {
    return "images from " + file.toAbsolutePath().normalize();
  }

  private List<String> allNotes(Range chosen) {
    List<String> all = new ArrayList<>(notes);
    UsualRange.note(chosen).ifPresent(all::add);
    return all;
  }

  /**
   * Returns the names of the classes: those given, or the numbers up to the largest label.
   *
   * @throws DataException if a label is out of range, or there are fewer than two classes
   */
  private List<String> names(Map<Part, int[]> labels, List<String> given) {
    int most = given.isEmpty() ? MOST_CLASSES : given.size();
    int largest = 0;
    for (int[] ofPart : labels.values()) {
      for (int i = 0; i < ofPart.length; i++) {
        if (ofPart[i] < 0 || ofPart[i] >= most) {
          throw new DataException(
              "%s: labels must be from 0 to %d, but the label of image %d is %d: correct it, or choose another column or array"
                  .formatted(file, most - 1, i, ofPart[i]));
        }
        largest = Math.max(largest, ofPart[i]);
      }
    }
    if (!given.isEmpty()) {
      return given;
    }
    if (Arrays.stream(labels.get(Part.TRAIN)).distinct().count() < 2) {
      throw new DataException(
          "%s: all images to train on have the label %d: give images of at least two classes"
              .formatted(file, labels.get(Part.TRAIN)[0]));
    }
    return DataSets.numbers(largest + 1);
  }

  /**
   * Returns the images with one label each.
   *
   * @param labels of each part
   * @param given the names of the classes; empty for the numbers up to the largest label
   * @throws DataException if a label is out of range, there are too few images or classes, or the
   *     images have too many channels
   */
  DataSets dataSets(Map<Part, int[]> labels, List<String> given) {
    List<String> classNames = names(labels, given);
    Range chosen = chosen();
    DataSet train = dataSet(Part.TRAIN, labels, classNames.size(), chosen).orElseThrow();
    Optional<DataSet> test = dataSet(Part.TEST, labels, classNames.size(), chosen);
    Optional<DataSet> validation = dataSet(Part.VALIDATION, labels, classNames.size(), chosen);
    List<String> all = allNotes(chosen);
    if (test.isPresent() && validation.isEmpty()) {
      // As with MNIST's own files, so that the same images are in each part.
      DataSets split = FirstTwelfth.split(atLeast(train, 2), test.get(), source());
      all.addAll(split.notes());
      return new DataSets(
          split.train(), split.validation(), split.test(), classNames, source(), all);
    }
    if (test.isEmpty()) {
      int[] drawn = tenth(atLeast(train, 3));
      test = Optional.of(train.select(drawn));
      train = train.without(drawn);
    }
    if (validation.isEmpty()) {
      int[] drawn = tenth(atLeast(train, 2));
      validation = Optional.of(train.select(drawn));
      train = train.without(drawn);
    }
    return new DataSets(train, validation.get(), test.get(), classNames, source(), all);
  }

  /** Returns the images of all parts with one label each: for training, validation and testing. */
  DataSet all(Map<Part, int[]> labels, List<String> given) {
    List<String> classNames = names(labels, given);
    List<Part> present = present();
    int[] joined = present.stream().flatMapToInt(part -> IntStream.of(labels.get(part))).toArray();
    return DataSet.of(images(joined(present), chosen()), joined, classNames.size());
  }

  /** Returns the parts that the file has, in an order of their own. */
  private List<Part> present() {
    return Stream.of(Part.TRAIN, Part.VALIDATION, Part.TEST).filter(pixels::containsKey).toList();
  }

  private RawPixels joined(List<Part> present) {
    return RawPixels.join(present.stream().map(pixels::get).toList());
  }

  private Optional<DataSet> dataSet(Part part, Map<Part, int[]> labels, int classes, Range chosen) {
    return Optional.ofNullable(pixels.get(part))
        .map(raw -> DataSet.of(images(raw, chosen), labels.get(part), classes));
  }

  private DataSet atLeast(DataSet images, int count) {
    if (images.size() < count) {
      throw new DataException(
          "%s holds too few images: give at least three, to train, validate and test on"
              .formatted(file));
    }
    return images;
  }

  /** Draws a tenth of each class, the same each time. */
  private static int[] tenth(DataSet images) {
    int[] order = mixed(images.size());
    return images.draw(order, Math.max(1, images.size() / TENTH));
  }

  private static int[] mixed(int size) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(order, new Random(SEED));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Returns the images with several targets each.
   *
   * @param targets of each part, {@code [size, names.size()]}
   */
  ExampleParts exampleParts(Map<Part, float[]> targets, List<String> names) {
    Range chosen = chosen();
    List<Part> present = present();
    RawPixels joined = joined(present);
    int count = Math.toIntExact(joined.length() / image.size());
    float[] rows = new float[Math.multiplyExact(count, names.size())];
    int at = 0;
    for (Part part : present) {
      System.arraycopy(targets.get(part), 0, rows, at, targets.get(part).length);
      at += targets.get(part).length;
    }
    int training = size(Part.TRAIN);
    int validating = pixels.containsKey(Part.VALIDATION) ? size(Part.VALIDATION) : 0;
    int[] train = IntStream.range(0, training).toArray();
    int[] validation = IntStream.range(training, training + validating).toArray();
    int[] test = IntStream.range(training + validating, count).toArray();
    if (test.length == 0) {
      train = mixed(training);
      test = Arrays.copyOf(train, (training + TENTH - 1) / TENTH);
      train = Arrays.copyOfRange(train, test.length, train.length);
    }
    if (validation.length == 0) {
      validation = Arrays.copyOf(train, (train.length + TENTH - 1) / TENTH);
      train = Arrays.copyOfRange(train, validation.length, train.length);
    }
    return ExampleParts.of(
        file,
        TargetSet.of(images(joined, chosen), rows, names.size()),
        train,
        validation,
        test,
        names,
        allNotes(chosen));
  }
}
