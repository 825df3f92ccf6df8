package io.github.convnet4j.picture;

import io.github.convnet4j.picture.PictureFormat.Interpolation;
import java.util.Arrays;

/**
 * Scales pictures with the filter of a format, first along the columns, then along the rows, and
 * rounds once, half up.
 */
final class PictureScale {
  private static final int WHITE = 255;

  private final byte[] pixels;
  private final int height;
  private final int width;
  private final int channels;
  private final Frame frame;
  private final PictureFormat.Size to;

  /** The color outside the picture, for each channel. */
  private final byte[] padding;

  private PictureScale(
      Picture picture, Frame frame, PictureFormat.Size to, PictureFormat.Rgb padding) {
    this.pixels = picture.shared();
    this.height = picture.height();
    this.width = picture.width();
    this.channels = picture.channels();
    this.frame = frame;
    this.to = to;
    byte[] color = {(byte) padding.red(), (byte) padding.green(), (byte) padding.blue()};
    Picture pixel = Picture.wrap(1, 1, 3, color);
    this.padding = channels == 1 ? pixel.grey().shared() : color;
  }

  /** Returns the picture in the size of the format, which must have one. */
  static Picture scale(Picture picture, PictureFormat format) {
    PictureFormat.Size to = format.size().orElseThrow();
    Frame frame = Frame.of(format.fit(), picture.height(), picture.width(), to);
    if (frame.is(to)) {
      return cut(picture, frame, format.padding());
    }
    PictureScale scale = new PictureScale(picture, frame, to, format.padding());
    return scale.picture(
        format.interpolation() == Interpolation.NEAREST
            ? scale.nearest()
            : scale.filtered(format.interpolation(), format.antialias()));
  }

  /** Returns the part of the picture that a frame shows, without scaling. */
  static Picture cut(Picture picture, Frame frame, PictureFormat.Rgb padding) {
    if (frame.equals(new Frame(0, 0, picture.height(), picture.width()))) {
      return picture;
    }
    PictureScale scale = new PictureScale(picture, frame, frame.size(), padding);
    return scale.picture(scale.nearest());
  }

  private Picture picture(byte[] scaled) {
    return Picture.wrap(to.height(), to.width(), channels, scaled);
  }

  private byte[] nearest() {
    int[] rows = frame.nearestRows(to.height());
    int[] columns = frame.nearestColumns(to.width());
    byte[] scaled = empty();
    int at = 0;
    for (int row : rows) {
      for (int column : columns) {
        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
        int from = (row * width + column) * channels;
        for (int c = 0; c < channels; c++) {
          scaled[at++] = inside ? pixels[from + c] : padding[c];
        }
      }
    }
    return scaled;
  }

  private byte[] empty() {
    return new byte[Math.multiplyExact(to.height(), Math.multiplyExact(to.width(), channels))];
  }

  private byte[] filtered(Interpolation interpolation, boolean antialias) {
    FilterWeights down =
        FilterWeights.of(
            height, frame.top(), frame.height(), to.height(), interpolation, antialias);
    FilterWeights across =
        FilterWeights.of(width, frame.left(), frame.width(), to.width(), interpolation, antialias);
    byte[] scaled = empty();
    float[] mean = new float[width * channels];
    Rows rows = new Rows(down);
    for (int y = 0; y < to.height(); y++) {
      pad(mean, down.outside[y]);
      for (int i = 0; i < down.inside[y].length; i++) {
        add(down.inside[y][i], rows.get(down.first[y] + i), mean);
      }
      across(mean, across, scaled, y * to.width() * channels);
    }
    return scaled;
  }

  /** Sets each pixel of a row to a share of the padding. */
  private void pad(float[] row, float share) {
    Arrays.fill(row, 0);
    if (share != 0) {
      for (int i = 0; i < row.length; i++) {
        row[i] = share * (padding[i % channels] & 0xff);
      }
    }
  }

  /** A method of its own, so that the compiler makes vector instructions of it. */
  private static void add(float weight, float[] row, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * row[i];
    }
  }

  private void across(float[] row, FilterWeights weights, byte[] scaled, int start) {
    int at = start;
    for (int x = 0; x < to.width(); x++) {
      float[] inside = weights.inside[x];
      float outside = weights.outside[x];
      int from = weights.first[x] * channels;
      if (channels == 1) {
        float sum = outside * (padding[0] & 0xff);
        for (int i = 0; i < inside.length; i++) {
          sum += inside[i] * row[from + i];
        }
        scaled[at++] = rounded(sum);
      } else {
        float red = outside * (padding[0] & 0xff);
        float green = outside * (padding[1] & 0xff);
        float blue = outside * (padding[2] & 0xff);
        for (int i = 0; i < inside.length; i++) {
          red += inside[i] * row[from + 3 * i];
          green += inside[i] * row[from + 3 * i + 1];
          blue += inside[i] * row[from + 3 * i + 2];
        }
        scaled[at++] = rounded(red);
        scaled[at++] = rounded(green);
        scaled[at++] = rounded(blue);
      }
    }
  }

  private static byte rounded(float value) {
    return (byte) Math.max(0, Math.min(WHITE, (int) (value + 0.5f)));
  }

  /** The picture's rows as floats. Those that the next new row may need again are kept. */
  private final class Rows {
    private final float[][] kept;
    private final int[] number;

    Rows(FilterWeights weights) {
      int most = Arrays.stream(weights.inside).mapToInt(each -> each.length).max().orElse(1);
      kept = new float[Math.max(1, most)][];
      number = new int[kept.length];
      Arrays.fill(number, -1);
    }

    float[] get(int row) {
      int place = row % kept.length;
      if (number[place] != row) {
        if (kept[place] == null) {
          kept[place] = new float[width * channels];
        }
        convert(pixels, row * kept[place].length, kept[place]);
        number[place] = row;
      }
      return kept[place];
    }

    private static void convert(byte[] pixels, int from, float[] row) {
      for (int i = 0; i < row.length; i++) {
        row[i] = pixels[from + i] & 0xff;
      }
    }
  }
}
