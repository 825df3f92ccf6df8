package io.github.convnet4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit into the heap is told in a sentence, in a process with a heap of 48 MB. */
class SmallHeapTest {
  @TempDir private Path folder;

  /** Forty of 1,000 x 1,000, of one colour and so of a few kilobytes. */
  private void pictures() throws IOException {
    Path first = TinyPictures.grey(folder.resolve("a/00.png"), 1000, 1000, 50);
    for (int i = 1; i < 40; i++) {
      Path file = folder.resolve("%s/%02d.png".formatted(i < 20 ? "a" : "b", i));
      Files.createDirectories(file.getParent());
      Files.copy(first, file);
    }
  }

  @Test
  void picturesThatTakeMoreThanTheHeapAreRefusedWithTheRemedies() throws Exception {
    pictures();
    String told = run("folder", folder);
    // 40 megapixels of one byte; 36 MB are three quarters of 48.
    assertTrue(told.startsWith("told: 40 pictures of 1000x1000 take 39 MB, but only 36 MB"), told);
    assertTrue(told.contains("--size") && told.contains("-Xmx100m"), told);
  }

  @Test
  void scaledOnesAreReadOneByOne() throws Exception {
    pictures();
    assertTrue(run("scaled", folder).startsWith("read: "));
  }

  @Test
  void aPictureThatDeclaresMoreThanTheHeapIsRefused() throws Exception {
    BufferedImage image = new BufferedImage(6000, 6000, BufferedImage.TYPE_BYTE_BINARY);
    Path png = TinyPictures.write(folder.resolve("large.png"), image, "png");
    String told = run("picture", png);
    assertTrue(told.startsWith("told: %s: its 6000x6000 pixels take ".formatted(png)), told);
  }

  /** The 35 bytes of a GIF that declares 14,000 x 14,000 pixels. */
  @Test
  void aPictureThatIsShorterThanItsPixelsCanBeIsRefused() throws Exception {
    byte[] side = {(byte) 0xb0, 0x36};
    byte[] gif = new byte[35];
    System.arraycopy("GIF89a".getBytes(StandardCharsets.US_ASCII), 0, gif, 0, 6);
    System.arraycopy(side, 0, gif, 6, 2);
    System.arraycopy(side, 0, gif, 8, 2);
    gif[10] = (byte) 0x80;
    System.arraycopy(new byte[] {-1, -1, -1, ','}, 0, gif, 16, 4);
    System.arraycopy(side, 0, gif, 24, 2);
    System.arraycopy(side, 0, gif, 26, 2);
    System.arraycopy(new byte[] {2, 2, 'L', 1, 0, ';'}, 0, gif, 29, 6);
    Path file = Files.write(folder.resolve("a.gif"), gif);
    String told = run("picture", file);
    assertTrue(told.contains("14000x14000 pixels are more than its 35 bytes can hold"), told);
  }

  @Test
  void idxFilesThatTakeMoreThanTheHeapAreRefused() throws Exception {
    int length = 60_000_000;
    Path file =
        TinyIdx.write(
            folder, "zeros.gz", TinyIdx.gzip(TinyIdx.uint8(new int[] {length}, new byte[length])));
    String told = run("idx", file);
    assertTrue(told.startsWith("told: %s: its 60000000 values take 58 MB".formatted(file)), told);
  }

  /** It holds a tenth of what it declares, which is more than there is room for. */
  @Test
  void anIdxFileWhoseHeaderLiesTakesNoMemory() throws Exception {
    int length = 60_000_000;
    Path file =
        TinyIdx.write(
            folder,
            "zeros.gz",
            TinyIdx.gzip(TinyIdx.uint8(new int[] {2_000_000_000}, new byte[length])));
    String told = run("idx", file);
    assertTrue(told.contains("declares 2000000000 values, it holds 60000000"), told);
  }

  private String run(String what, Path path) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapRun.class.getName(),
                what,
                path.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> text(out));
    return text(out);
  }

  private static String text(Path out) {
    try {
      return Files.readString(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
