package io.github.convnet4j.inspect;

import io.github.convnet4j.data.Source;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Evenly spaced examples of a source.
 *
 * @param source the examples to choose from
 * @param size the number of examples in the sample, from 1 to all
 */
public record Sample(Source source, int size) {
  /** Checks the size. */
  public Sample {
    if (size < 1 || size > source.size()) {
      throw new IllegalArgumentException(
          "size must be from 1 to the number of examples, %d: %d".formatted(source.size(), size));
    }
  }

  /** Returns the sample of all examples. */
  public static Sample ofAll(Source source) {
    return new Sample(source, source.size());
  }

  /**
   * Returns a sample of at most {@code most} examples, or of all examples if there are fewer.
   *
   * @param most at least 1
   */
  public static Sample atMost(int most, Source source) {
    return new Sample(source, Math.min(most, source.size()));
  }

  /** Returns whether the sample has all examples. */
  public boolean isWhole() {
    return size == source.size();
  }

  /**
   * Returns the index in the source of an example of the sample.
   *
   * @param i from 0 to {@code size - 1}
   */
  public int index(int i) {
    return (int) ((long) i * source.size() / size);
  }

  /**
   * Returns the position in the sample of an example of the source, so that {@code index(position)}
   * is {@code index}; empty if the example is not in the sample.
   *
   * @param index from 0 to {@code source().size() - 1}
   */
  public OptionalInt position(int index) {
    int i = (int) (((long) index * size + source.size() - 1) / source.size());
    return i < size && index(i) == index ? OptionalInt.of(i) : OptionalInt.empty();
  }

  /** Returns the examples of the sample. */
  public Source examples() {
    return isWhole() ? source : source.select(IntStream.range(0, size).map(this::index).toArray());
  }
}
