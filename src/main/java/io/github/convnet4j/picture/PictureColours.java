package io.github.convnet4j.picture;

import io.github.convnet4j.data.DataException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Converts decoded images to gray or RGB bytes.
 *
 * <p>The samples are used as they are, without a color profile, like Pillow and TensorFlow do.
 * {@link BufferedImage#getRGB} would take gray for linear light and brighten it, and is slow.
 */
final class PictureColours {
  private static final int WHITE = 255;
  private static final int MOST_BITS = 16;

  private final String name;
  private final ColorModel model;
  private final Raster raster;
  private final int width;
  private final int height;
  private final int bands;
  private final Optional<PictureFormat.Range> range;

  /** The largest part of the range of 16 bits that pictures use without a remark. */
  private static final double SMALL_PART = 1 / 8.0;

  /** Whether the array of the image's samples may become that of the picture. */
  private final boolean owned;

  private Optional<String> remark = Optional.empty();

  private PictureColours(
      String name, BufferedImage image, Optional<PictureFormat.Range> range, boolean owned) {
    this.name = name;
    this.model = image.getColorModel();
    this.raster = image.getRaster();
    this.width = image.getWidth();
    this.height = image.getHeight();
    this.bands = raster.getNumBands();
    this.range = range;
    this.owned = owned;
  }

  /**
   * Returns the picture that an image shows.
   *
   * @param name what messages call it
   * @param range the values that become black and white, if they have more than 8 bits
   * @throws DataException if its values are of an unknown kind
   */
  static Picture of(String name, BufferedImage image, Optional<PictureFormat.Range> range) {
    return of(new PictureColours(name, image, range, false));
  }

  /** Like {@link #of}, but the picture may use the image's array, which nobody else may have. */
  static Picture ofDecoded(String name, BufferedImage image, Optional<PictureFormat.Range> range) {
    return of(new PictureColours(name, image, range, true));
  }

  private static Picture of(PictureColours colours) {
    Picture picture = colours.picture();
    return colours.remark.isPresent() ? picture.withRemark(colours.remark) : picture;
  }

  private Picture picture() {
    if (model instanceof IndexColorModel palette) {
      return orGrey(indexed(palette));
    }
    int colors = model.getNumColorComponents();
    byte[] samples = samples();
    return switch (model.getColorSpace().getType()) {
      case ColorSpace.TYPE_GRAY -> Picture.wrap(height, width, 1, onWhite(samples, colors));
      case ColorSpace.TYPE_RGB -> orGrey(onWhite(samples, colors));
      case ColorSpace.TYPE_CMYK -> orGrey(inks(onWhite(samples, colors)));
      default ->
          throw new DataException(
              "%s holds colors that are neither gray nor RGB nor CMYK: convert it to RGB"
                  .formatted(name));
    };
  }

  /** Returns red, green and blue of a picture with a palette, on white. */
  private byte[] indexed(IndexColorModel palette) {
    byte[] colors = new byte[3 * palette.getMapSize()];
    for (int i = 0; i < palette.getMapSize(); i++) {
      int alpha = palette.getAlpha(i);
      colors[3 * i] = onWhite(palette.getRed(i), alpha);
      colors[3 * i + 1] = onWhite(palette.getGreen(i), alpha);
      colors[3 * i + 2] = onWhite(palette.getBlue(i), alpha);
    }
    byte[] rgb = new byte[3 * width * height];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int index : row) {
        rgb[at++] = colors[3 * index];
        rgb[at++] = colors[3 * index + 1];
        rgb[at++] = colors[3 * index + 2];
      }
    }
    return rgb;
  }

  /** Returns all samples, {@code [height, width, bands]}, as bytes. */
  private byte[] samples() {
    int bits = Arrays.stream(raster.getSampleModel().getSampleSize()).max().orElse(0);
    int length = Math.multiplyExact(bands, width * height);
    if (raster.getSampleModel() instanceof PixelInterleavedSampleModel layout
        && raster.getDataBuffer() instanceof DataBufferByte buffer
        && bits == Byte.SIZE) {
      return owned && isInOrder(layout) && buffer.getSize() == length
          ? buffer.getData()
          : copy(layout, buffer, length);
    }
    byte[] samples = new byte[length];
    if (bits <= Byte.SIZE || (bits <= MOST_BITS && range.isEmpty())) {
      scale(samples);
    } else {
      PictureFormat.Range given =
          range.orElseThrow(
              () ->
                  new DataException(
                      "%s holds values of %d bits: give the range of its values with range(black, white), or --range"
                          .formatted(name, bits)));
      scale(given, samples);
    }
    return samples;
  }

  /** Returns whether the array has the samples in the order of the bands, without gaps. */
  private boolean isInOrder(PixelInterleavedSampleModel layout) {
    return layout.getPixelStride() == bands
        && layout.getScanlineStride() == width * bands
        && Arrays.equals(layout.getBandOffsets(), IntStream.range(0, bands).toArray());
  }

  /** Copies samples of 8 bits. */
  private byte[] copy(PixelInterleavedSampleModel layout, DataBufferByte buffer, int length) {
    byte[] samples = new byte[length];
    int[] offsets = layout.getBandOffsets();
    int start =
        buffer.getOffset()
            - raster.getSampleModelTranslateY() * layout.getScanlineStride()
            - raster.getSampleModelTranslateX() * layout.getPixelStride();
    for (int y = 0; y < height; y++) {
      int from = start + y * layout.getScanlineStride();
      int to = y * width * bands;
      for (int b = 0; b < bands; b++) {
        copy(buffer.getData(), from + offsets[b], layout.getPixelStride(), samples, to + b);
      }
    }
    return samples;
  }

  /** Copies a row of one band. */
  private void copy(byte[] from, int first, int step, byte[] to, int at) {
    for (int x = 0; x < width; x++) {
      to[at + x * bands] = from[first + x * step];
    }
  }

  /** Scales samples of up to 16 bits from the full range of their type. */
  private void scale(byte[] samples) {
    int[] largest = new int[bands];
    Arrays.setAll(largest, b -> (1 << raster.getSampleModel().getSampleSize(b)) - 1);
    int lowest = raster.getTransferType() == DataBuffer.TYPE_SHORT ? Short.MIN_VALUE : 0;
    int[] row = new int[width * bands];
    int colors = model.getNumColorComponents();
    int highest = lowest;
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i++) {
        int most = largest[i % bands];
        samples[at++] = (byte) (((row[i] - lowest) * WHITE + most / 2) / most);
        if (i % bands < colors) {
          highest = Math.max(highest, row[i]);
        }
      }
    }
    if (lowest == 0 && largest[0] > WHITE && highest < SMALL_PART * largest[0]) {
      remark = Optional.of(remark(largest[0], highest));
    }
  }

  private String remark(int largest, int highest) {
    int white = Math.max(WHITE, 2 * Integer.highestOneBit(highest) - 1);
    return "%s holds values from 0 to %d, of %d possible, so most shades are lost: give their range with range(0, %d) or --range 0:%d"
        .formatted(name, highest, largest, white, white);
  }

  /** Scales samples from a range. Transparency is not affected by it. */
  private void scale(PictureFormat.Range given, byte[] samples) {
    double factor = WHITE / (given.white() - given.black());
    double[] row = new double[width * bands];
    int colors = model.getNumColorComponents();
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i++) {
        boolean alpha = i % bands >= colors;
        double value =
            alpha ? row[i] * WHITE / opaque(i % bands) : (row[i] - given.black()) * factor;
        samples[at++] = (byte) Math.round(Math.max(0, Math.min(WHITE, value)));
      }
    }
  }

  private double opaque(int band) {
    return switch (raster.getTransferType()) {
      case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> 1;
      default -> (1L << raster.getSampleModel().getSampleSize(band)) - 1;
    };
  }

  /** Returns the colors without the transparency, after drawing them on white. */
  private byte[] onWhite(byte[] samples, int colors) {
    if (bands == colors) {
      return samples;
    }
    boolean drawn = !model.isAlphaPremultiplied();
    byte[] opaque = new byte[colors * width * height];
    int at = 0;
    for (int from = 0; from < samples.length; from += bands) {
      int alpha = model.hasAlpha() ? samples[from + colors] & 0xff : WHITE;
      for (int c = 0; c < colors; c++) {
        int value = samples[from + c] & 0xff;
        opaque[at++] =
            drawn ? onWhite(value, alpha) : (byte) Math.min(WHITE, value + WHITE - alpha);
      }
    }
    return opaque;
  }

  private static byte onWhite(int value, int alpha) {
    return (byte) ((value * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE);
  }

  /**
   * Converts cyan, magenta, yellow and black to RGB. Each ink lets through the light that it does
   * not absorb; this is the rule of Pillow and TensorFlow.
   */
  private byte[] inks(byte[] cmyk) {
    byte[] rgb = new byte[3 * width * height];
    int at = 0;
    for (int from = 0; from < cmyk.length; from += 4) {
      int light = WHITE - (cmyk[from + 3] & 0xff);
      for (int c = 0; c < 3; c++) {
        rgb[at++] = (byte) (((WHITE - (cmyk[from + c] & 0xff)) * light + WHITE / 2) / WHITE);
      }
    }
    return rgb;
  }

  /** Returns a gray picture if no pixel has a color. */
  private Picture orGrey(byte[] rgb) {
    for (int i = 0; i < rgb.length; i += 3) {
      if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
        return Picture.wrap(height, width, 3, rgb);
      }
    }
    byte[] grey = new byte[width * height];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = rgb[3 * i];
    }
    return Picture.wrap(height, width, 1, grey);
  }
}
