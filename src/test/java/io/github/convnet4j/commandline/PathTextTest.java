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
  void readsANameAsAPath() {
    assertEquals(Path.of("a", "b.png"), PathText.ofProcess().convert("a/b.png"));
  }

  /** This is what the JVM passes on for the bytes of größe.png in the locale C. */
  @Test
  void namesTheCharacterSetThatLacksACharacter() {
    String message =
        refused(new PathText(StandardCharsets.US_ASCII), "gr\ufffd\ufffd\ufffd\ufffde.png");
    assertTrue(message.contains("US-ASCII") && message.contains("LC_ALL"), message);
  }

  @Test
  void refusesWhatIsNotAPath() {
    String message = refused(new PathText(StandardCharsets.UTF_8), "a\0b");
    assertTrue(message.startsWith("it is not a path"), message);
  }

  private static String refused(PathText paths, String text) {
    return assertThrows(TypeConversionException.class, () -> paths.convert(text)).getMessage();
  }
}
