package io.github.convnet4j.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.Batches;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.Prefetcher;
import io.github.convnet4j.files.BundledDigits;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

class AugmentedBatchesTest {
  /** 20 batches of 100 cross its end. */
  private static final DataSet DIGITS = BundledDigits.read().train();

  private static final int BATCH = 100;
  private static final int STEPS = 20;

  @Test
  void changesImagesAndKeepsLabels() {
    Supplier<Batch> plain = source();
    Supplier<Batch> augmented = augmented(source(), 0);
    for (int step = 0; step < STEPS; step++) {
      Batch before = plain.get();
      Batch after = augmented.get();
      assertEquals(before.size(), after.size());
      assertArrayEquals(before.labels(), after.labels());
      assertArrayEquals(before.classLabels(), after.classLabels());
      assertFalse(Arrays.equals(before.images(), after.images()));
    }
  }

  /** An image is never changed in the same way twice. */
  @Test
  void changesAnImageDifferentlyInEachEpoch() {
    DataSet one = DIGITS.subset(0, 1);
    Batches batches = one.batches(1);
    Supplier<Batch> augmented = augmented(() -> batches.nextBatch(1), 0);
    long different =
        Stream.generate(augmented)
            .limit(50)
            .map(batch -> Arrays.hashCode(batch.images()))
            .distinct()
            .count();
    assertEquals(50, different);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 14, 19})
  void resumesAsIfNeverInterrupted(int stopped) {
    Supplier<Batch> whole = augmented(source(), 0);
    Supplier<Batch> rest = source();
    for (int step = 0; step < stopped; step++) {
      assertArrayEquals(whole.get().labels(), rest.get().labels());
    }
    try (Prefetcher<Batch> resumed = Prefetcher.of(augmented(rest, (long) stopped * BATCH), 3)) {
      for (int step = stopped; step < STEPS; step++) {
        assertSame(whole.get(), resumed.get());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void givesTheSameBatchesAhead(int ahead) {
    Supplier<Batch> here = augmented(source(), 0);
    try (Prefetcher<Batch> there = Prefetcher.of(augmented(source(), 0), ahead)) {
      for (int step = 0; step < STEPS; step++) {
        assertSame(here.get(), there.get());
      }
    }
  }

  @Test
  void refusesBatchesOfAnotherSize() {
    Supplier<Batch> wrong =
        AugmentedBatches.of(source(), AugmentationRandomTest.EVERYTHING, Shape.of(8, 8, 1), 1, 0);
    assertEquals(
        "images must hold 100 images of 8x8x1: 78400 values",
        assertThrows(IllegalArgumentException.class, wrong::get).getMessage());
  }

  private static void assertSame(Batch expected, Batch actual) {
    assertArrayEquals(expected.images(), actual.images());
    assertArrayEquals(expected.labels(), actual.labels());
    assertArrayEquals(expected.classLabels(), actual.classLabels());
  }

  private static Supplier<Batch> source() {
    Batches batches = DIGITS.batches(777);
    return () -> batches.nextBatch(BATCH);
  }

  private static Supplier<Batch> augmented(Supplier<Batch> source, long firstImage) {
    return AugmentedBatches.of(
        source, AugmentationRandomTest.EVERYTHING, Shape.of(28, 28, 1), 42, firstImage);
  }
}
