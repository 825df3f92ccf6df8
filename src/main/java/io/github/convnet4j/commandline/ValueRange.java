package io.github.convnet4j.commandline;

import io.github.convnet4j.picture.PictureFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a range of values as typed: {@code 0:4095}. */
final class ValueRange implements ITypeConverter<PictureFormat.Range> {
  @Override
  public PictureFormat.Range convert(String text) {
    int colon = text.indexOf(':');
    try {
      return new PictureFormat.Range(
          Double.parseDouble(text.substring(0, Math.max(0, colon))),
          Double.parseDouble(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "it must be the values that become black and white, such as 0:4095: " + text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
