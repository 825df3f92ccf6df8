package io.github.convnet4j.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged and hostile files, and files that need a plug-in that is missing. */
class PictureFaultsTest {
  private static final Path KINDS = Path.of("src/test/resources/io/github/convnet4j/picture/kinds");
  private static final int DAMAGES = 60;

  @TempDir private Path folder;

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(KINDS)) {
      return files.filter(file -> !file.toString().endsWith(".tsv")).sorted().toList();
    }
  }

  /** Most damage is in the first bytes, which declare sizes. */
  @ParameterizedTest
  @MethodSource("files")
  void damageAnywhereGivesASentenceOrAPicture(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(7);
    for (int i = 0; i < DAMAGES; i++) {
      byte[] bytes = whole.clone();
      int last = i % 3 == 0 ? bytes.length : Math.min(60, bytes.length);
      for (int j = 0; j <= i % 4; j++) {
        bytes[random.nextInt(last)] = (byte) (j % 2 == 0 ? random.nextInt() : 255);
      }
      read(i % 5 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
    }
  }

  private static void read(byte[] bytes) {
    try {
      Picture picture = Picture.decode(bytes);
      assertEquals(
          picture.height() * picture.width() * picture.channels(), picture.pixels().length);
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith("the file"), e.getMessage());
      assertTrue(e.getMessage().contains(": "), e.getMessage());
    }
  }

  /** Runs without the plug-in, prints what becomes of a WebP, and reads all other kinds. */
  public static final class WithoutPlugins {
    private WithoutPlugins() {}

    public static void main(String[] args) {
      Path webp = KINDS.resolve("lossless.webp");
      try {
        System.out.println(Picture.read(webp));
      } catch (DataException e) {
        System.out.println(e.getMessage());
      }
      System.out.println(PictureKind.WEBP.isReadable());
      System.out.println(Picture.read(KINDS.resolve("rgb-420.jpg")));
    }
  }

  @Test
  void namesTheMissingPlugin() throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            .filter(entry -> !entry.contains("webp-imageio"))
            .collect(Collectors.joining(java.io.File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-cp",
                classPath,
                WithoutPlugins.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertEquals(0, process.waitFor(), Files.readString(out));
    List<String> lines = Files.readAllLines(out);
    assertTrue(
        lines.get(0).contains("lossless.webp is in WebP format")
            && lines.get(0).contains("com.github.usefulness:webp-imageio"),
        lines.get(0));
    assertEquals("false", lines.get(1));
    assertEquals("Picture[22x26x3]", lines.get(2));
  }
}
