package io.github.convnet4j.commandline;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.model.Network;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.tensorflow.ndarray.Shape;

/** Runs a command as a shell would, and records what it prints. */
final class Shell {
  /** A network that trains on the bundled digits within a second. */
  static final Network TINY =
      Network.of(Shape.of(28, 28, 1), maxPool(4), flatten(), dropout(0.2), dense(10));

  private static final Pattern ABOUT_DATA =
      Pattern.compile(
          "Data: |Parts: |Part: |Task: |Masks: |Left out: |On disk: |Cache: |Checking |No"
              + " (?:training|validation|test) image");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  int execute(String... args) {
    return Commands.execute(stream(out), stream(messages), args);
  }

  /** Runs a command that must succeed; returns what it printed. */
  static String done(String... args) {
    Shell shell = new Shell();
    int code = shell.execute(args);
    assertEquals(0, code, shell.messages());
    return shell.out();
  }

  /** Runs a command that must be reported as a user's mistake; returns the sentence. */
  static String mistake(String... args) {
    Shell shell = new Shell();
    int code = shell.execute(args);
    assertEquals(2, code, shell.messages());
    assertEquals("", shell.out());
    List<String> message =
        shell.messages().lines().filter(line -> !ABOUT_DATA.matcher(line).lookingAt()).toList();
    assertEquals(1, message.size(), shell.messages());
    return message.get(0);
  }

  String out() {
    return text(out);
  }

  String messages() {
    return text(messages);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Writes a grey PNG. */
  static Path picture(Path file, int height, int width, byte[] pixels) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, pixels);
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
