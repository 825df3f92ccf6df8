package io.github.convnet4j.files;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Splits training images as the lecture's {@code read_data_sets} does. */
final class FirstTwelfth {
  /** One in this many training images is used for validation: 5,000 of MNIST's 60,000. */
  private static final int SHARE = 12;

  private FirstTwelfth() {}

  /**
   * Uses the first twelfth of {@code training} for validation and the rest for training, or the
   * first twelfth of each class if either part would otherwise lack a class.
   */
  static DataSets split(DataSet training, DataSet test, String source) {
    int validation = Math.max(1, training.size() / SHARE);
    DataSet first = training.subset(0, validation);
    DataSet rest = training.subset(validation, training.size());
    if (isFair(training.imagesPerClass(), first.imagesPerClass())) {
      return new DataSets(rest, first, test, source);
    }
    int[] drawn = training.draw(IntStream.range(0, training.size()).toArray(), validation);
    if (Arrays.equals(drawn, IntStream.range(0, validation).toArray())) {
      return new DataSets(rest, first, test, source);
    }
    return new DataSets(
        training.without(drawn),
        training.select(drawn),
        test,
        DataSets.numbers(training.classes()),
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
}
