package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import io.github.convnet4j.data.DataException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  private static final byte[] SIX = {0, 1, 2, 3, 4, (byte) 255};
  private static final int[] TWO_BY_THREE = {2, 3};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"plain", "plain.gz"})
  void readsAPlainFileWhateverItsName(String name) {
    assertSix(Idx.read(TinyIdx.write(folder, name, TinyIdx.uint8(TWO_BY_THREE, SIX))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"compressed", "compressed.gz"})
  void readsACompressedFileWhateverItsName(String name) {
    byte[] content = TinyIdx.gzip(TinyIdx.uint8(TWO_BY_THREE, SIX));
    assertSix(Idx.read(TinyIdx.write(folder, name, content)));
  }

  private static void assertSix(Idx idx) {
    assertEquals(2, idx.rank());
    assertEquals(2, idx.size(0));
    assertEquals(3, idx.size(1));
    assertArrayEquals(SIX, idx.values());
  }

  @Test
  void namesAFileThatDoesNotExist() {
    assertEquals(
        folder.resolve("none") + " does not exist: check the path",
        assertThrows(DataException.class, () -> Idx.read(folder.resolve("none"))).getMessage());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
  void namesAFileWithoutReadPermission() throws Exception {
    Path file = TinyIdx.write(folder, "secret", TinyIdx.uint8(TWO_BY_THREE, SIX));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "the superuser may read every file");
    assertEquals(
        file + " cannot be read: check its permissions",
        assertThrows(DataException.class, () -> Idx.read(file)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "<html>, page.gz, starts with 0x3c68746d",
    "<html>, page, wrong magic number 0x3c68746d",
    "'', empty.gz, truncated",
    "abc, three, truncated"
  })
  void refusesWhatIsNotIdx(String content, String name, String expected) {
    assertFault(expected, name, content.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void refusesWhatIsNotIdxWithinGzip() {
    assertFault(
        "wrong magic number 0x3c68746d",
        "page.gz",
        TinyIdx.gzip("<html>".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void refusesAnArrayWithoutDimensions() {
    assertFault("wrong magic number 0x00000800", "scalar", TinyIdx.uint8(new int[0], (byte) 1));
  }

  @ParameterizedTest
  @CsvSource({"0x09, int8", "0x0B, int16", "0x0C, int32", "0x0D, float32", "0x0E, float64"})
  void refusesOtherTypesByTheirNames(String type, String name) {
    assertFault(
        "%s values (IDX type %s)".formatted(name, type),
        "other",
        TinyIdx.file(Integer.decode(type), TWO_BY_THREE, SIX));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void refusesATruncatedFile(int values) {
    assertFault(
        "declares 2x3 values and it holds %d".formatted(values),
        "cut",
        TinyIdx.uint8(TWO_BY_THREE, Arrays.copyOf(SIX, values)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7, 11})
  void refusesATruncatedHeader(int length) {
    assertFault("truncated", "header", Arrays.copyOf(TinyIdx.uint8(TWO_BY_THREE, SIX), length));
  }

  @Test
  void refusesGzipTruncatedAnywhere() {
    byte[] content = TinyIdx.gzip(TinyIdx.uint8(TWO_BY_THREE, SIX));
    for (int length = 3; length < content.length; length++) {
      assertFault("truncated", "cut.gz", Arrays.copyOf(content, length));
    }
  }

  @Test
  void refusesGzipWhoseChecksumIsWrong() {
    byte[] content = TinyIdx.gzip(TinyIdx.uint8(TWO_BY_THREE, SIX));
    content[content.length - 8] ^= 1; // The first byte of the CRC-32.
    assertFault("damaged (Corrupt GZIP trailer)", "damaged.gz", content);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesSurplusBytes(boolean gzip) {
    byte[] content = TinyIdx.uint8(TWO_BY_THREE, Arrays.copyOf(SIX, 7));
    assertFault("more than the 2x3 values", "surplus", gzip ? TinyIdx.gzip(content) : content);
  }

  @Test
  void refusesADimensionOfZero() {
    assertFault("dimension 1 is 0", "zero", TinyIdx.uint8(new int[] {2, 0}));
  }

  @ParameterizedTest
  @CsvSource({
    // 65,536 * 32,768 = 2^31.
    "65536, 32768, 2147483648",
    // All bits set is 2^32 - 1, not -1.
    "-1, 1, 4294967295",
    // The largest array, 2^32 - 1 times.
    "2147483639, -1, 9223371996052586505"
  })
  void refusesSizesThatNoArrayCanHold(int first, int second, long length) {
    assertFault(
        "at least %d values, more than the 2147483639".formatted(length),
        "overflow",
        TinyIdx.uint8(new int[] {first, second}, SIX));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allocatesNothingForAWrongHeader(boolean gzip) {
    byte[] content = TinyIdx.uint8(new int[] {2_000_000_000}, SIX);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertFault(
        "declares 2000000000 values and it holds 6", "lie", gzip ? TinyIdx.gzip(content) : content);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 10_000_000, allocated + " bytes allocated");
  }

  /** Zeros compress best, so the size of the file says least about their number. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allocatesTheValuesOnlyOnce(boolean gzip) {
    int length = 10_000_000;
    byte[] content = TinyIdx.uint8(new int[] {length}, new byte[length]);
    Path file = TinyIdx.write(folder, "large", gzip ? TinyIdx.gzip(content) : content);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long nativeBefore = bytesOfNativeBuffers();
    assertEquals(length, Idx.read(file).size(0));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    long nativeAllocated = bytesOfNativeBuffers() - nativeBefore;
    assertTrue(allocated < 1.1 * length, allocated + " bytes allocated");
    assertTrue(nativeAllocated < 0.1 * length, nativeAllocated + " bytes of native buffers");
  }

  /**
   * Returns the size of the buffers through which the JVM reads files, and which it keeps per
   * thread.
   */
  private static long bytesOfNativeBuffers() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private void assertFault(String expected, String name, byte[] content) {
    Path file = TinyIdx.write(folder, name, content);
    String message = assertThrows(DataException.class, () -> Idx.read(file)).getMessage();
    assertTrue(message.startsWith(file + " "), message);
    assertTrue(message.contains(expected), message);
  }
}
