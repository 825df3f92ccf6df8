package io.github.convnet4j.train;

import io.github.convnet4j.data.EpochOrder;
import io.github.convnet4j.data.Source;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Splits the examples of a call of {@code fit} into those for training and those held out for
 * validation.
 *
 * @param training the examples to train on
 * @param options the options, with the held-out examples in place of a validation share
 */
record HeldOut(Source training, FitOptions options) {

  static HeldOut of(Source examples, FitOptions options, long seed) {
    if (options.validationShare() == 0) {
      return new HeldOut(examples, options);
    }
    int held = (int) Math.max(1, Math.round(examples.size() * options.validationShare()));
    if (held >= examples.size()) {
      throw new IllegalArgumentException(
          "validationShare must leave at least one of the %2$d examples for training: %1$s"
              .formatted(options.validationShare(), examples.size()));
    }
    // Another seed than the epochs' orders have: with the same one, the first order would be this
    // one.
    int[] order = EpochOrder.of(examples.size(), ~options.shuffleSeed().orElse((int) seed)).next();
    int[] drawn = examples.draw(order, held);
    int[] rest =
        IntStream.range(0, examples.size())
            .filter(i -> Arrays.binarySearch(drawn, i) < 0)
            .toArray();
    return new HeldOut(examples.select(rest), options.validateOn(examples.select(drawn)));
  }
}
