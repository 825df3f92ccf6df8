package io.github.convnet4j.commandline;

import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Colour;
import io.github.convnet4j.picture.PictureFormat.Fit;
import io.github.convnet4j.picture.PictureFormat.Interpolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words how a model's pictures are prepared. */
final class PictureText {
  private PictureText() {}

  /**
   * Returns what is done to pictures, such as {@code stretched to 28x28, grey, inverted}.
   *
   * @param format with a size
   */
  static String of(PictureFormat format) {
    List<String> words = new ArrayList<>();
    String size = format.size().orElseThrow().toString();
    String padded = " with " + PadColour.text(format.padding());
    words.add(
        switch (format.fit()) {
          case STRETCH -> "stretched to " + size;
          case CROP -> "cropped and scaled to " + size;
          case PAD -> "padded" + padded + " and scaled to " + size;
          case CENTER -> "cut or padded" + padded + " to " + size;
        });
    if (format.fit() != Fit.CENTER && format.interpolation() != Interpolation.BILINEAR) {
      words.add(format.interpolation().name().toLowerCase(Locale.ROOT));
    }
    if (format.fit() != Fit.CENTER && !format.antialias()) {
      words.add("not smoothed");
    }
    words.add(colors(format));
    if (format.inverted()) {
      words.add("inverted");
    }
    format
        .range()
        .ifPresent(range -> words.add("range %s:%s".formatted(range.black(), range.white())));
    return String.join(", ", words);
  }

  /** Returns for example {@code 28x28, grey}, for a format with a size. */
  static String sizeAndColors(PictureFormat format) {
    return "%s, %s".formatted(format.size().orElseThrow(), colors(format));
  }

  private static String colors(PictureFormat format) {
    return format.colour() == Colour.GREY ? "grey" : "RGB";
  }
}
