package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeapLimitTest {
  private static final long MEGABYTE = 1 << 20;
  private static final HeapLimit LIMIT = HeapLimit.of(400 * MEGABYTE);

  @Test
  void threeQuartersOfTheHeapAreForImages() {
    assertDoesNotThrow(() -> LIMIT.check("9 pictures", 300 * MEGABYTE, "take fewer"));
    String message = fault(() -> LIMIT.check("9 pictures", 300 * MEGABYTE + 1, "take fewer"));
    // 301 / 0.75 = 401.3, in steps of 100.
    assertEquals(
        "9 pictures take 301 MB, but only 300 MB of the heap are for images: take fewer, or give"
            + " Java a larger heap with -Xmx500m",
        message);
  }

  @Test
  void aLargerHeapDoesNotHelpIfAnArrayIsTooSmall() {
    assertDoesNotThrow(() -> HeapLimit.of(1L << 40).check("9 pictures", 1L << 31, "take fewer"));
    String message =
        fault(() -> HeapLimit.of(1L << 40).allocate("9 pictures", 1L << 31, "take fewer"));
    assertTrue(message.startsWith("9 pictures take 2048 MB, more than the 2047 MB"), message);
    assertTrue(message.endsWith(": take fewer"), message);
  }

  @Test
  void allocatesAnArrayOfTheGivenSize() {
    assertEquals(5, LIMIT.allocate("9 pictures", 5, "take fewer").length);
  }

  private static String fault(Runnable run) {
    return assertThrows(DataException.class, run::run).getMessage();
  }
}
