package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
  @Test
  void ordersAreThoseOfBatchesThatDivideTheData() {
    int size = 12;
    DataSet data = DataSet.of(new byte[size], IntStream.range(0, size).toArray(), 1, 1, 1, size);
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

  /** As Python's numpy has it: see {@code src/test/python/print_random.py}. */
  @Test
  void firstOrderIsNumpysPermutation() {
    assertArrayEquals(
        new int[] {984, 13827, 12923, 18421, 30078, 34981, 28326, 33050, 38085, 40595},
        Arrays.copyOf(EpochOrder.of(55000, 777).next(), 10));
  }

  @Test
  void belongsToWhoeverAskedForIt() {
    EpochOrder one = EpochOrder.of(9, 1);
    EpochOrder other = EpochOrder.of(9, 1);
    Arrays.fill(one.next(), 0);
    other.next();
    assertArrayEquals(other.next(), one.next());
  }
}
