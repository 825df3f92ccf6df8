package io.github.convnet4j.files;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which values of an array of pixels are black and white: {@code low} becomes 0 and {@code high}
 * becomes 1 in what a network sees. Values outside are not clipped.
 *
 * @param low the value of black
 * @param high the value of white, above {@code low}
 */
public record PixelRange(double low, double high) {
  /** The values of white that are recognized, of bits, 16 levels and bytes. */
  private static final List<Integer> WHITES = List.of(1, 16, 255);

  /** Checks both. */
  public PixelRange {
    Require.finite("low", low);
    Require.finite("high", high);
    if (!(high > low)) {
      throw new IllegalArgumentException(
          "high must be above low, %s: %s".formatted(number(low), number(high)));
    }
  }

  /**
   * Returns the range that the pixels of a data set seem to have: 0 to 1, 0 to 16, or 0 to 255.
   *
   * @throws DataException if they are in none of these
   */
  static PixelRange of(Path file, List<RawPixels> all) {
    double smallest = all.stream().mapToDouble(RawPixels::smallest).min().orElseThrow();
    double largest = all.stream().mapToDouble(RawPixels::largest).max().orElseThrow();
    boolean whole = all.stream().allMatch(RawPixels::areWhole);
    Optional<Integer> white =
        WHITES.stream().filter(each -> largest <= each && (whole || each != 16)).findFirst();
    if (smallest < 0 || white.isEmpty()) {
      throw new DataException(
          "%s: its pixels are from %s to %s, which is none of the usual ranges 0 to 1 and 0 to 255: say which values are black and white with pixelRange(low, high), on the command line --pixel-range LOW:HIGH (0:1 uses them as they are)"
              .formatted(file, number(smallest), number(largest)));
    }
    return new PixelRange(0, white.get());
  }

  /** Whether bytes can be used as they are stored. */
  boolean isOfBytes() {
    return low == 0 && high == 255;
  }

  /** Returns what the user should know about a range that was chosen; nothing if it is usual. */
  Optional<String> note() {
    return low == 0 && (high == 1 || high == 255)
        ? Optional.empty()
        : Optional.of("Pixels from %s become values from 0 to 1".formatted(this));
  }

  /** Returns both: {@code 0 to 255}. */
  @Override
  public String toString() {
    return number(low) + " to " + number(high);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Float.toString((float) value);
  }
}
