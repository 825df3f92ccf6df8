package io.github.convnet4j.train;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.github.convnet4j.data.PictureFormat;
import java.util.List;
import java.util.Optional;

/**
 * The JSON form of a picture format.
 *
 * @param size height and width; empty if not set
 */
record PictureFormatJson(List<Integer> size, PictureFormat.Colour colour, boolean inverted) {
  private PictureFormat toFormat() {
    if (size.contains(null) || (!size.isEmpty() && size.size() != 2)) {
      throw new IllegalArgumentException("size must be height and width, or empty: " + size);
    }
    PictureFormat format = PictureFormat.asTheyAre().colour(colour).inverted(inverted);
    return size.isEmpty() ? format : format.size(size.get(0), size.get(1));
  }

  private static PictureFormatJson of(PictureFormat format) {
    return new PictureFormatJson(
        format.size().map(size -> List.of(size.height(), size.width())).orElse(List.of()),
        format.colour(),
        format.inverted());
  }

  /** Writes the optional format in a model's options as a list of at most one. */
  interface OfOptions {
    @JsonSerialize(converter = Writing.class)
    @JsonDeserialize(converter = Reading.class)
    Optional<PictureFormat> pictures();
  }

  static final class Writing
      extends StdConverter<Optional<PictureFormat>, List<PictureFormatJson>> {
    @Override
    public List<PictureFormatJson> convert(Optional<PictureFormat> format) {
      return format.map(PictureFormatJson::of).stream().toList();
    }
  }

  static final class Reading
      extends StdConverter<List<PictureFormatJson>, Optional<PictureFormat>> {
    @Override
    public Optional<PictureFormat> convert(List<PictureFormatJson> formats) {
      if (formats.size() > 1 || formats.contains(null)) {
        throw new IllegalArgumentException(
            "pictures must be a list of at most one format: " + formats);
      }
      return formats.stream().findFirst().map(PictureFormatJson::toFormat);
    }
  }
}
