package io.github.convnet4j.commandline;

import io.github.convnet4j.picture.PictureFormat.Rgb;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a color as typed: {@code black}, {@code white}, {@code 128} or {@code 255,128,0}. */
final class PadColour implements ITypeConverter<Rgb> {
  private static final int WHITE = 255;
  private static final Pattern COLOUR = Pattern.compile("(\\d{1,3})(?:,(\\d{1,3}),(\\d{1,3}))?");

  @Override
  public Rgb convert(String text) {
    String typed = text.toLowerCase(Locale.ROOT);
    if (typed.equals("black") || typed.equals("white")) {
      return Rgb.grey(typed.equals("black") ? 0 : WHITE);
    }
    Matcher matcher = COLOUR.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "it must be black, white, a shade of grey from 0 to 255, or red, green and blue, such as"
              + " 255,128,0: "
              + text);
    }
    try {
      int red = Integer.parseInt(matcher.group(1));
      return matcher.group(2) == null
          ? Rgb.grey(red)
          : new Rgb(red, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** Returns a color as it would be typed. */
  static String text(Rgb colour) {
    if (!colour.isGrey()) {
      return "%d,%d,%d".formatted(colour.red(), colour.green(), colour.blue());
    }
    return switch (colour.red()) {
      case 0 -> "black";
      case WHITE -> "white";
      default -> Integer.toString(colour.red());
    };
  }
}
