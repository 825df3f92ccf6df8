package io.github.convnet4j.train;

import io.github.convnet4j.picture.PictureFormat;
import java.util.List;

/**
 * The JSON form of a picture format.
 *
 * @param size height and width; empty if not set
 */
record PictureFormatJson(List<Integer> size, PictureFormat.Colour colour, boolean inverted) {
  PictureFormatJson {
    if (!size.isEmpty() && size.size() != 2) {
      throw new IllegalArgumentException("size must be height and width, or empty: " + size);
    }
    format(size, colour, inverted); // Here, so that a message names the place in the JSON.
  }

  PictureFormat toFormat() {
    return format(size, colour, inverted);
  }

  private static PictureFormat format(
      List<Integer> size, PictureFormat.Colour colour, boolean inverted) {
    PictureFormat format = PictureFormat.asTheyAre().colour(colour).inverted(inverted);
    return size.isEmpty() ? format : format.size(size.get(0), size.get(1));
  }

  static PictureFormatJson of(PictureFormat format) {
    return new PictureFormatJson(
        format.size().map(size -> List.of(size.height(), size.width())).orElse(List.of()),
        format.colour(),
        format.inverted());
  }
}
