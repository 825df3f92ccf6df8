package io.github.convnet4j.commandline;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a file or folder as typed. */
final class PathText implements ITypeConverter<Path> {
  private static final char LOST = '\ufffd';

  private final Charset charset;

  /**
   * Reads names in this character set.
   *
   * @param charset the one in which the JVM passes names to the operating system
   */
  PathText(Charset charset) {
    this.charset = charset;
  }

  /** Reads names in the character set of this process's locale. */
  static PathText ofProcess() {
    // The JDK has no method for this, but every JVM sets the property.
    String name = System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
    return new PathText(
        Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset());
  }

  /**
   * Reads a name that is only a part of what was typed.
   *
   * @param option what is named in the message
   * @throws UsageException if it is not a path
   */
  static Path read(String option, String text) {
    try {
      return ofProcess().convert(text);
    } catch (TypeConversionException e) {
      throw new UsageException("%s: %s".formatted(option, e.getMessage()));
    }
  }

  @Override
  public Path convert(String text) {
    if (text.indexOf(LOST) >= 0 && !charset.newEncoder().canEncode(LOST)) {
      throw new TypeConversionException(
          "the locale's character set, %s, lacks a character of the name %s: set the environment variable LC_ALL, for example to C.UTF-8"
              .formatted(charset, text));
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("it is not a path (%s)".formatted(e.getMessage()));
    }
  }
}
