package io.github.convnet4j.commandline;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file's or folder's name as it is typed. */
final class PathText implements ITypeConverter<Path> {
  private static final char LOST = '\ufffd';

  private final Charset charset;

  /**
   * Reads what a shell passed on.
   *
   * @param charset of the names that the JVM passes on to the operating system
   */
  PathText(Charset charset) {
    this.charset = charset;
  }

  /** With the character set of this process's locale. */
  static PathText ofProcess() {
    // For this JVMs have no method; all of them have the property.
    String name = System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
    return new PathText(
        Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset());
  }

  @Override
  public Path convert(String text) {
    if (text.indexOf(LOST) >= 0 && !charset.newEncoder().canEncode(LOST)) {
      throw new TypeConversionException(
          "the character set of the locale, %s, lacks a character of the name %s: set the environment variable LC_ALL, as to C.UTF-8"
              .formatted(charset, text));
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("it is not a path (%s)".formatted(e.getMessage()));
    }
  }
}
