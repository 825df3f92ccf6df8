package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

/** The figures are those that {@code src/test/python/print_random.py} prints. */
class EpochOrderTest {
  @Test
  void ordersAreThoseOfBatchesIfTheirSizeDividesTheData() {
    int size = 12;
    DataSet data =
        DataSet.of(new byte[size], IntStream.range(0, size).toArray(), Shape.of(1, 1, 1), size);
    Batches batches = data.batches(777);
    EpochOrder epochs = EpochOrder.of(size, 777);
    for (int epoch = 0; epoch < 5; epoch++) {
      int[] order = epochs.next();
      for (int from = 0; from < size; from += 4) {
        assertArrayEquals(
            batches.nextBatch(4).classLabels(), Arrays.copyOfRange(order, from, from + 4));
      }
    }
    assertEquals(4, batches.epochsCompleted());
  }

  @Test
  void ordersTheTrainingImagesOfTheLectureLikeNumpyInEveryEpoch() {
    EpochOrder epochs = EpochOrder.of(55_000, 777);
    assertArrayEquals(
        new int[] {984, 13827, 12923, 18421, 30078, 34981, 28326, 33050, 38085, 40595},
        Arrays.copyOf(epochs.next(), 10));
    int[] order = epochs.next();
    assertArrayEquals(
        new int[] {29530, 10962, 4526, 14622, 31688, 39405, 25268, 29115, 49423, 17819},
        Arrays.copyOf(order, 10));
    long checksum =
        IntStream.range(0, order.length).mapToLong(i -> (long) order[i] * i % 1_000_003).sum();
    assertEquals(27_478_180_918L, checksum);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2 8 4 9 1 6 7 3 0 5",
    "1, 2 9 6 4 0 3 1 7 8 5",
    "777, 2 0 8 3 4 5 1 9 6 7",
    "2147483647, 4 5 2 6 3 1 7 0 8 9",
    "-1, 6 9 5 1 8 0 7 4 2 3"
  })
  void shufflesLikeNumpyForEverySeed(int seed, String expected) {
    assertArrayEquals(
        Arrays.stream(expected.split(" ")).mapToInt(Integer::parseInt).toArray(),
        EpochOrder.of(10, seed).next());
  }

  @Property(tries = 50)
  void eachOrderHasEveryImageOnce(@ForAll int seed, @ForAll @IntRange(max = 300) int size) {
    EpochOrder epochs = EpochOrder.of(size, seed);
    for (int epoch = 0; epoch < 2; epoch++) {
      int[] sorted = epochs.next();
      Arrays.sort(sorted);
      assertArrayEquals(IntStream.range(0, size).toArray(), sorted);
    }
  }

  @Test
  void anOrderBelongsToTheCaller() {
    EpochOrder one = EpochOrder.of(9, 1);
    EpochOrder other = EpochOrder.of(9, 1);
    Arrays.fill(one.next(), 0);
    other.next();
    assertArrayEquals(other.next(), one.next());
  }
}
