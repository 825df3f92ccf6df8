package io.github.convnet4j.data;

/**
 * Examples in two parts.
 *
 * @param <S> type of the examples
 */
public final class Split<S extends Source> {
  private final S train;
  private final S test;
  private final int[] trainIndices;
  private final int[] testIndices;

  Split(S train, int[] trainIndices, S test, int[] testIndices) {
    this.train = train;
    this.test = test;
    this.trainIndices = trainIndices;
    this.testIndices = testIndices;
  }

  /** Returns the examples to train on. */
  public S train() {
    return train;
  }

  /** Returns the examples to validate or test on. */
  public S test() {
    return test;
  }

  /** Returns the indices that the examples to train on have in the whole set, ascending. */
  public int[] trainIndices() {
    return trainIndices.clone();
  }

  /** Returns the indices that the other examples have in the whole set, ascending. */
  public int[] testIndices() {
    return testIndices.clone();
  }

  @Override
  public String toString() {
    return "Split[%d to train on, %d to test on]"
        .formatted(trainIndices.length, testIndices.length);
  }
}
