package io.github.convnet4j.commandline;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes as Java's -Xmx takes it: {@code 300m}, {@code 2g}. */
final class MemorySize implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,8})([kmgt])");

  @Override
  public Long convert(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "it must be a number and a unit (k, m, g or t), such as 300m or 2g: " + text);
    }
    int tens = 10 * ("kmgt".indexOf(matcher.group(2)) + 1);
    return Long.parseLong(matcher.group(1)) << tens;
  }
}
