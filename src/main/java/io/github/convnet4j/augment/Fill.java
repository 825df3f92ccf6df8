package io.github.convnet4j.augment;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import java.util.Arrays;
import java.util.List;

/**
 * What is seen where a moved image does not reach.
 *
 * @param kind where the values come from
 * @param values for {@link Kind#CONSTANT} one value for all channels, or one for each; otherwise
 *     empty
 */
public record Fill(Kind kind, List<Double> values) {
  /** Where the values come from. */
  public enum Kind {
    /** They are given. */
    CONSTANT,
    /** Each is that of the nearest pixel at the edge: {@code a a a | a b c | c c c}. */
    EDGE,
    /** The image is mirrored at its edges: {@code c b a | a b c | c b a}. */
    REFLECT,
    /** The color of each image's background: in each channel the median of the outermost pixels. */
    BACKGROUND
  }

  /** Checks the values. */
  public Fill {
    requireNonNull(kind, "kind");
    values = List.copyOf(values);
    values.forEach(value -> Require.between("values", value, 0, 1));
    if (kind == Kind.CONSTANT == values.isEmpty()) {
      throw new IllegalArgumentException(
          "values must be at least one for %s, and none for others: %s for %s"
              .formatted(Kind.CONSTANT, values, kind));
    }
  }

  /**
   * Returns given values.
   *
   * @param values from 0 (black) to 1 (white): one for all channels, or one for each
   */
  public static Fill constant(double... values) {
    return new Fill(Kind.CONSTANT, Arrays.stream(values).boxed().toList());
  }

  /** Returns the nearest pixel at the edge. */
  public static Fill edge() {
    return new Fill(Kind.EDGE, List.of());
  }

  /** Returns the mirrored image. */
  public static Fill reflect() {
    return new Fill(Kind.REFLECT, List.of());
  }

  /**
   * Returns the color of each image's background, which suits white digits on black as well as dark
   * ink on paper: in each channel the median of the outermost pixels.
   */
  public static Fill background() {
    return new Fill(Kind.BACKGROUND, List.of());
  }

  /** Returns whether what is outside is made of the image's own pixels, and so moves with it. */
  boolean extendsImage() {
    return kind == Kind.EDGE || kind == Kind.REFLECT;
  }

  /** Checks that images with so many channels can be filled. */
  void check(long channels) {
    if (values.size() > 1 && values.size() != channels) {
      throw new IllegalArgumentException(
          "fill must have one value, or one for each of the %d channels: %s"
              .formatted(channels, values));
    }
  }

  /**
   * Returns the value of each channel outside an image; zeros if the image is extended.
   *
   * @param image {@code [height, width, channels]}
   */
  float[] outside(float[] image, int height, int width, int channels) {
    float[] outside = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      outside[channel] =
          switch (kind) {
            case CONSTANT -> values.get(values.size() > 1 ? channel : 0).floatValue();
            case BACKGROUND -> medianOfBorder(image, height, width, channels, channel);
            case EDGE, REFLECT -> 0;
          };
    }
    return outside;
  }

  /** If there are two in the middle, the smaller one: so it is always a value of the image. */
  private static float medianOfBorder(
      float[] image, int height, int width, int channels, int channel) {
    float[] border = new float[2 * (height + width)];
    int count = 0;
    for (int row = 0; row < height; row++) {
      boolean whole = row == 0 || row == height - 1;
      int step = whole ? 1 : Math.max(width - 1, 1);
      for (int column = 0; column < width; column += step) {
        border[count++] = image[(row * width + column) * channels + channel];
      }
    }
    Arrays.sort(border, 0, count);
    return border[(count - 1) / 2];
  }
}
