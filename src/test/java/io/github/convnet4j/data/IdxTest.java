package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
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
  void namesAFileThatIsNotThere() {
    assertEquals(
        folder.resolve("none") + " is not there: check the path",
        assertThrows(DataException.class, () -> Idx.read(folder.resolve("none"))).getMessage());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions there")
  void namesAFileThatMayNotBeRead() throws Exception {
    Path file = TinyIdx.write(folder, "secret", TinyIdx.uint8(TWO_BY_THREE, SIX));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "the superuser may read every file");
    assertEquals(
        file + " is not readable: check its permissions",
        assertThrows(DataException.class, () -> Idx.read(file)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "<html>, page.gz, 'is not gzip, nor plain IDX: it starts with 0x3c68746d; get it anew'",
    "<html>, page, 'has the wrong magic number 0x3c68746d: an IDX file of images starts with"
        + " 0x00000803, of labels with 0x00000801'",
    "'', empty.gz, is cut short: get it anew",
    "abc, three, is cut short: get it anew"
  })
  void refusesWhatIsNotIdx(String content, String name, String expected) {
    assertFault(expected, name, content.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void refusesWhatIsNotIdxWithinGzip() {
    assertFault(
        "has the wrong magic number 0x3c68746d: an IDX file of images starts with 0x00000803, of"
            + " labels with 0x00000801",
        "page.gz",
        TinyIdx.gzip("<html>".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void refusesAnArrayWithoutDimensions() {
    assertFault(
        "has the wrong magic number 0x00000800: an IDX file of images starts with 0x00000803, of"
            + " labels with 0x00000801",
        "scalar",
        TinyIdx.uint8(new int[0], (byte) 1));
  }

  @ParameterizedTest
  @CsvSource({"0x09, int8", "0x0B, int16", "0x0C, int32", "0x0D, float32", "0x0E, float64"})
  void refusesOtherTypesByTheirNames(String type, String name) {
    assertFault(
        "holds %s values (IDX type %s): convert them to uint8 (0x08), the type of images and labels"
            .formatted(name, type),
        "other",
        TinyIdx.file(Integer.decode(type), TWO_BY_THREE, SIX));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void refusesAFileThatIsCutShort(int values) {
    assertFault(
        "is cut short: its header declares 2x3 values, it holds %d; get it anew".formatted(values),
        "cut",
        TinyIdx.uint8(TWO_BY_THREE, Arrays.copyOf(SIX, values)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7, 11})
  void refusesAHeaderThatIsCutShort(int length) {
    assertFault(
        "is cut short: get it anew",
        "header",
        Arrays.copyOf(TinyIdx.uint8(TWO_BY_THREE, SIX), length));
  }

  @Test
  void refusesGzipThatIsCutShortAnywhere() {
    byte[] content = TinyIdx.gzip(TinyIdx.uint8(TWO_BY_THREE, SIX));
    for (int length = 3; length < content.length; length++) {
      assertFault("is cut short: get it anew", "cut.gz", Arrays.copyOf(content, length));
    }
  }

  @Test
  void refusesGzipWhoseChecksumIsWrong() {
    byte[] content = TinyIdx.gzip(TinyIdx.uint8(TWO_BY_THREE, SIX));
    content[content.length - 8] ^= 1; // The first byte of the CRC-32.
    assertFault("is damaged (Corrupt GZIP trailer): get it anew", "damaged.gz", content);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesSurplusBytes(boolean gzip) {
    byte[] content = TinyIdx.uint8(TWO_BY_THREE, Arrays.copyOf(SIX, 7));
    assertFault(
        "holds more than the 2x3 values that its header declares: get it anew",
        "surplus",
        gzip ? TinyIdx.gzip(content) : content);
  }

  @Test
  void refusesADimensionOfZero() {
    assertFault(
        "holds nothing: the size of its dimension 1 is 0", "zero", TinyIdx.uint8(new int[] {2, 0}));
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
        "declares at least %d values: more than the 2147483639 that an array can hold"
            .formatted(length),
        "overflow",
        TinyIdx.uint8(new int[] {first, second}, SIX));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allocatesNothingForAHeaderThatLies(boolean gzip) {
    byte[] content = TinyIdx.uint8(new int[] {2_000_000_000}, SIX);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertFault(
        "is cut short: its header declares 2000000000 values, it holds 6; get it anew",
        "lie",
        gzip ? TinyIdx.gzip(content) : content);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 10_000_000, allocated + " bytes allocated");
  }

  /** Zeros, which gzip makes as small as it can anything: the file tells least of how many. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allocatesTheValuesOnce(boolean gzip) {
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

  /** The JVM reads files through such buffers, and keeps them for the thread. */
  private static long bytesOfNativeBuffers() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private void assertFault(String expected, String name, byte[] content) {
    Path file = TinyIdx.write(folder, name, content);
    assertEquals(
        file + " " + expected,
        assertThrows(DataException.class, () -> Idx.read(file)).getMessage());
  }
}
