package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data that does not fit into the heap gives a clear message, in a process with a heap of 48 MB.
 */
class SmallHeapTest {
  @TempDir private Path folder;

  /** Writes forty pictures of 1,000 x 1,000 pixels of one shade, in files of a few kilobytes. */
  private void pictures() throws IOException {
    Path first = TinyPictures.grey(folder.resolve("a/00.png"), 1000, 1000, 50);
    for (int i = 1; i < 40; i++) {
      Path file = folder.resolve("%s/%02d.png".formatted(i < 20 ? "a" : "b", i));
      Files.createDirectories(file.getParent());
      Files.copy(first, file);
    }
  }

  @Test
  void refusesPicturesThatExceedTheHeapAndNamesTheRemedies() throws Exception {
    pictures();
    String message = run("folder", folder);
    // 40 megapixels of one byte; 36 MB are three quarters of 48.
    assertTrue(
        message.startsWith("message: 40 pictures of 1000x1000 take 39 MB, but only 36 MB"),
        message);
    assertTrue(message.contains("--size") && message.contains("-Xmx100m"), message);
    assertTrue(message.contains("--on-disk"), message);
  }

  /** Unless they must be in memory, they stay on disk. */
  @Test
  void leavesPicturesThatExceedTheHeapOnDisk() throws Exception {
    pictures();
    String message = run("disk", folder);
    assertTrue(message.startsWith("read: [On disk: 40 pictures of 1000x1000 "), message);
    assertTrue(message.contains("39 MB") && message.contains("36 MB"), message);
    assertTrue(message.contains("sum 7.843"), message); // 40 * 50 / 255
  }

  /** 30 megapixels fit on their own, but not with a mask of as many bytes each. */
  @Test
  void refusesPicturesThatExceedTheHeapWithTheirMasks() throws Exception {
    Path first = TinyPictures.grey(folder.resolve("images/00.png"), 1000, 1000, 1);
    Files.createDirectories(folder.resolve("masks"));
    for (int i = 0; i < 30; i++) {
      for (String kind : List.of("images", "masks")) {
        Path file = folder.resolve("%s/%02d.png".formatted(kind, i));
        if (!file.equals(first)) {
          Files.copy(first, file);
        }
      }
    }
    String message = run("masks", folder);
    assertTrue(message.startsWith("message: 30 pictures of 1000x1000 take 58 MB"), message);
    assertTrue(message.contains("--size"), message);
  }

  @Test
  void readsPicturesOneByOneIfTheyAreScaled() throws Exception {
    pictures();
    assertTrue(run("scaled", folder).startsWith("read: "));
  }

  @Test
  void refusesAPictureThatDeclaresMoreThanTheHeap() throws Exception {
    BufferedImage image = new BufferedImage(6000, 6000, BufferedImage.TYPE_BYTE_BINARY);
    Path png = TinyPictures.write(folder.resolve("large.png"), image, "png");
    String message = run("picture", png);
    assertTrue(
        message.startsWith("message: %s: its 6000x6000 pixels take ".formatted(png)), message);
  }

  /** A GIF of 35 bytes that declares 14,000 x 14,000 pixels. */
  @Test
  void refusesAPictureTooShortForItsPixels() throws Exception {
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
    String message = run("picture", file);
    assertTrue(message.contains("14000x14000 pixels are more than its 35 bytes can hold"), message);
  }

  @Test
  void refusesAnIdxFileThatExceedsTheHeap() throws Exception {
    int length = 60_000_000;
    Path file =
        TinyIdx.write(
            folder, "zeros.gz", TinyIdx.gzip(TinyIdx.uint8(new int[] {length}, new byte[length])));
    String message = run("idx", file);
    assertTrue(
        message.startsWith("message: %s: its 60000000 values take 58 MB".formatted(file)), message);
  }

  /** The header declares more than fits; the file holds only 3 percent of it. */
  @Test
  void anIdxFileWithAWrongHeaderTakesNoMemory() throws Exception {
    int length = 60_000_000;
    Path file =
        TinyIdx.write(
            folder,
            "zeros.gz",
            TinyIdx.gzip(TinyIdx.uint8(new int[] {2_000_000_000}, new byte[length])));
    String message = run("idx", file);
    assertTrue(message.contains("declares 2000000000 values and it holds 60000000"), message);
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
