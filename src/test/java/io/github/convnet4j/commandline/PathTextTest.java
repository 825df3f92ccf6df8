package io.github.convnet4j.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class PathTextTest {
  @Test
  void aNameIsAPath() {
    assertEquals(Path.of("a", "b.png"), PathText.ofProcess().convert("a/b.png"));
  }

  /** As the JVM passes on the bytes of größe.png in the locale C. */
  @Test
  void whereTheLocaleLacksACharacterItIsNamed() {
    String told =
        refused(new PathText(StandardCharsets.US_ASCII), "gr\ufffd\ufffd\ufffd\ufffde.png");
    assertTrue(told.contains("US-ASCII") && told.contains("LC_ALL"), told);
  }

  @Test
  void whatIsNoPathIsToldSo() {
    String told = refused(new PathText(StandardCharsets.UTF_8), "a\0b");
    assertTrue(told.startsWith("it is not a path"), told);
  }

  private static String refused(PathText paths, String text) {
    return assertThrows(TypeConversionException.class, () -> paths.convert(text)).getMessage();
  }
}
