package io.github.convnet4j.commandline;

import io.github.convnet4j.picture.PictureFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size as typed: {@code 64}, or {@code 48x64}, height first. */
final class PictureSize implements ITypeConverter<PictureFormat.Size> {
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})(?:x([1-9]\\d{0,4}))?");

  @Override
  public PictureFormat.Size convert(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "it must be a number of pixels, such as 64, or height and width, such as 48x64: " + text);
    }
    int height = Integer.parseInt(matcher.group(1));
    return new PictureFormat.Size(
        height, matcher.group(2) == null ? height : Integer.parseInt(matcher.group(2)));
  }
}
