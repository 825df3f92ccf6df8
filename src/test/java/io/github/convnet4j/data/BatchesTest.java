package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** The figures are those that {@code src/test/python/print_batches.py} prints. */
class BatchesTest {
  @ParameterizedTest
  @CsvSource({
    "10, 5, 777, 2 0 8 3 4 | 5 1 9 6 7 | 4 1 7 0 3 | 2 5 8 9 6 | 4 9 5 3 6 | 7 0 1 8 2",
    "10, 4, 777, 2 0 8 3 | 4 5 1 9 | 6 7 4 1 | 7 0 3 2 | 5 8 9 6 | 4 9 5 3 | 6 7 0 1 | 8 2 9 7",
    "7, 7, 1, 6 2 1 0 4 3 5 | 1 0 4 2 5 6 3 | 3 2 1 4 0 5 6 | 2 6 3 4 0 1 5",
    "5, 3, -1, 4 1 0 | 2 3 1 | 2 0 4 | 3 4 3 | 0 1 2 | 2 4 3"
  })
  void drawsTheSameBatchesAsPython(int size, int batchSize, int seed, String expected) {
    Batches batches = numbered(size).batches(seed);
    String drawn =
        Arrays.stream(expected.split(" \\| "))
            .map(unused -> join(numbers(batches.nextBatch(batchSize))))
            .collect(Collectors.joining(" | "));
    assertEquals(expected, drawn);
  }

  @Test
  void drawsTheFirstThreeEpochsOfTheLectureLikePython() {
    Batches batches = numbered(55_000).batches(777);
    int[] firstOfEpoch = new int[3];
    long sum = 0;
    int last = 0;
    for (int i = 0; i < 3 * 550; i++) {
      int[] numbers = numbers(batches.nextBatch(100));
      firstOfEpoch[i / 550] = i % 550 == 0 ? numbers[0] : firstOfEpoch[i / 550];
      sum += (i + 1L) * Arrays.stream(numbers).sum();
      last = numbers[99];
    }
    assertArrayEquals(new int[] {984, 29530, 16316}, firstOfEpoch);
    assertEquals(1198, last);
    assertEquals(3_744_553_668_055L, sum);
    assertEquals(2, batches.epochsCompleted());
  }

  @Test
  void countsAnEpochOnlyWhenItsEndIsCrossed() {
    Batches batches = numbered(10).batches(777);
    batches.nextBatch(4);
    batches.nextBatch(6);
    assertEquals(0, batches.epochsCompleted());
    batches.nextBatch(1);
    assertEquals(1, batches.epochsCompleted());
    batches.nextBatch(10);
    assertEquals(2, batches.epochsCompleted());
  }

  @Property(tries = 50)
  void eachEpochHasEachImageOnce(
      @ForAll int seed,
      @ForAll @IntRange(min = 1, max = 30) int size,
      @ForAll @IntRange(min = 1, max = 30) int batchSize) {
    Batches batches = numbered(size).batches(seed);
    int[] drawn =
        IntStream.range(0, size)
            .flatMap(i -> Arrays.stream(numbers(batches.nextBatch(Math.min(batchSize, size)))))
            .toArray();
    for (int epoch = 0; (epoch + 1) * size <= drawn.length; epoch++) {
      int[] numbers = Arrays.copyOfRange(drawn, epoch * size, (epoch + 1) * size);
      Arrays.sort(numbers);
      assertArrayEquals(IntStream.range(0, size).toArray(), numbers);
    }
  }

  @Test
  void labelsStayWithTheirImages() {
    Batches batches = numbered(300).batches(5);
    for (int i = 0; i < 7; i++) {
      Batch batch = batches.nextBatch(64);
      int[] numbers = numbers(batch);
      assertEquals(64, batch.size());
      for (int j = 0; j < 64; j++) {
        assertEquals(numbers[j] % 10, batch.classLabels()[j]);
        float[] oneHot = new float[10];
        oneHot[numbers[j] % 10] = 1;
        assertArrayEquals(oneHot, Arrays.copyOfRange(batch.labels(), j * 10, j * 10 + 10));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 11})
  void refusesABatchThatIsEmptyOrLargerThanTheData(int batchSize) {
    Batches batches = numbered(10).batches(777);
    String message =
        assertThrows(IllegalArgumentException.class, () -> batches.nextBatch(batchSize))
            .getMessage();
    assertTrue(message.contains("batch size") && message.endsWith(": " + batchSize), message);
  }

  /** Returns images whose two pixels are the digits of their number in base 256; ten classes. */
  private static DataSet numbered(int size) {
    byte[] pixels = new byte[2 * size];
    for (int i = 0; i < size; i++) {
      pixels[2 * i] = (byte) (i / 256);
      pixels[2 * i + 1] = (byte) i;
    }
    return DataSet.of(
        pixels, IntStream.range(0, size).map(i -> i % 10).toArray(), Shape.of(1, 2, 1), 10);
  }

  private static int[] numbers(Batch batch) {
    return IntStream.range(0, batch.size())
        .map(i -> 256 * pixel(batch, 2 * i) + pixel(batch, 2 * i + 1))
        .toArray();
  }

  private static int pixel(Batch batch, int index) {
    return Math.round(batch.images()[index] * 255);
  }

  private static String join(int[] numbers) {
    return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }
}
