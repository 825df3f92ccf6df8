package io.github.convnet4j.bench.contest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.EpochOrder;
import io.github.convnet4j.files.BundledDigits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WorkFolderTest {
  private static final int SEED = 777;

  private final DataSets digits = BundledDigits.read(); // 1,412 training images: 14 batches of 100

  @Test
  void aContestantReadsWhatWasWritten() {
    try (WorkFolder folder = WorkFolder.write(digits, Work.BATCH_SIZE, 1, SEED)) {
      Work work = Work.read(folder.path());
      DataSet test = digits.test();
      assertEquals(1400, work.train().size());
      assertEquals(10, work.classes());
      assertArrayEquals(test.labels(), work.test().labels());
      assertArrayEquals(test.imageFloats(5), work.test().floats(5));
      assertArrayEquals(digits.train().batch(new int[] {3, 1}).images(), work.train().floats(3, 1));
      assertArrayEquals(digits.train().batch(new int[] {3, 1}).labels(), work.oneHot(3, 1));
    }
  }

  @Test
  void theOrderIsTheSameAsInFit() {
    try (WorkFolder folder = WorkFolder.write(digits, Work.BATCH_SIZE, 15, SEED)) {
      Work work = Work.read(folder.path());
      EpochOrder order = EpochOrder.of(1400, SEED);
      int[] first = order.next();
      int[] second = order.next();
      assertEquals(2 * 1400, work.order().length);
      assertArrayEquals(Arrays.copyOfRange(first, 100, 200), work.batch(1));
      assertArrayEquals(Arrays.copyOf(second, 100), work.batch(14));
    }
  }

  @Test
  void isDeletedWhenClosed() {
    Path path;
    try (WorkFolder folder = WorkFolder.write(digits, Work.BATCH_SIZE, 1, SEED)) {
      path = folder.path();
    }
    assertFalse(Files.exists(path));
  }
}
