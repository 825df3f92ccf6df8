package io.github.convnet4j.train;

import io.github.convnet4j.json.OptionalFields;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.picture.PictureFormat.Rgb;
import java.util.List;

/**
 * The JSON form of a picture format.
 *
 * @param size height and width; empty if not set
 * @param padding red, green and blue of added pixels
 * @param range the values that become black and white; empty if not set
 */
record PictureFormatJson(
    List<Integer> size,
    PictureFormat.Fit fit,
    PictureFormat.Colour colour,
    boolean inverted,
    PictureFormat.Interpolation interpolation,
    boolean antialias,
    List<Integer> padding,
    List<Double> range) {
  PictureFormatJson {
    check("size must be height and width, or empty", size.isEmpty() || size.size() == 2, size);
    check("padding must be red, green and blue", padding.size() == 3, padding);
    check("range must be black and white, or empty", range.isEmpty() || range.size() == 2, range);
    // Here, so that a message names the place in the JSON.
    format(size, fit, colour, inverted, interpolation, antialias, padding, range);
  }

  private static void check(String rule, boolean holds, List<?> found) {
    if (!holds) {
      throw new IllegalArgumentException("%s: %s".formatted(rule, found));
    }
  }

  /** The fields that may be missing: older files have only size, colors and inversion. */
  static OptionalFields optionalFields() {
    return OptionalFields.like(
        of(PictureFormat.asTheyAre()), "fit", "interpolation", "antialias", "padding", "range");
  }

  PictureFormat toFormat() {
    return format(size, fit, colour, inverted, interpolation, antialias, padding, range);
  }

  private static PictureFormat format(
      List<Integer> size,
      PictureFormat.Fit fit,
      PictureFormat.Colour colour,
      boolean inverted,
      PictureFormat.Interpolation interpolation,
      boolean antialias,
      List<Integer> padding,
      List<Double> range) {
    PictureFormat format =
        PictureFormat.asTheyAre()
            .fit(fit)
            .colour(colour)
            .inverted(inverted)
            .interpolation(interpolation)
            .antialias(antialias)
            .padding(new Rgb(padding.get(0), padding.get(1), padding.get(2)));
    PictureFormat sized = size.isEmpty() ? format : format.size(size.get(0), size.get(1));
    return range.isEmpty() ? sized : sized.range(range.get(0), range.get(1));
  }

  static PictureFormatJson of(PictureFormat format) {
    Rgb padding = format.padding();
    return new PictureFormatJson(
        format.size().map(size -> List.of(size.height(), size.width())).orElse(List.of()),
        format.fit(),
        format.colour(),
        format.inverted(),
        format.interpolation(),
        format.antialias(),
        List.of(padding.red(), padding.green(), padding.blue()),
        format.range().map(range -> List.of(range.black(), range.white())).orElse(List.of()));
  }
}
