package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.picture.PictureFormat.Range;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The values of black and white in arrays of pixels that do not say them. */
final class UsualRange {
  /** The values of white that are recognized, of bits, 16 levels and bytes. */
  private static final List<Integer> WHITES = List.of(1, 16, 255);

  private UsualRange() {}

  /**
   * Returns the range that the pixels of a data set seem to have: 0 to 1, 0 to 16, or 0 to 255.
   *
   * @throws DataException if they are in none of these
   */
  static Range of(Path file, List<RawPixels> all) {
    double smallest = all.stream().mapToDouble(RawPixels::smallest).min().orElseThrow();
    double largest = all.stream().mapToDouble(RawPixels::largest).max().orElseThrow();
    boolean whole = all.stream().allMatch(RawPixels::areWhole);
    Optional<Integer> white =
        WHITES.stream().filter(each -> largest <= each && (whole || each != 16)).findFirst();
    if (smallest < 0 || white.isEmpty()) {
      throw new DataException(
          "%s: its pixels are from %s to %s, which is none of the usual ranges 0 to 1 and 0 to 255: say which values are black and white with range(black, white), on the command line --range BLACK:WHITE (0:1 uses them as they are)"
              .formatted(file, number(smallest), number(largest)));
    }
    return new Range(0, white.get());
  }

  /** Returns what the user should know about a range; nothing if it needs no word. */
  static Optional<String> note(Range range) {
    return range.black() == 0 && (range.white() == 1 || range.white() == 255)
        ? Optional.empty()
        : Optional.of(
            "Pixels from %s to %s become values from 0 to 1"
                .formatted(number(range.black()), number(range.white())));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Float.toString((float) value);
  }
}
