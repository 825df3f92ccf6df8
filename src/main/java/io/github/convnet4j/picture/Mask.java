package io.github.convnet4j.picture;

import io.github.convnet4j.data.DataException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A picture whose values are not colors but numbers of classes.
 *
 * @param values {@code [height, width]} row by row, as unsigned bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Masks are not compared.
public record Mask(int height, int width, byte[] values) {
  private static final int LARGEST = 255;
  private static final String NEEDED =
      "a mask is a gray or palette PNG whose values are the numbers of classes";

  /**
   * Reads a file: the values of a gray picture, or the indices of one with a palette. A picture
   * that is stored as RGB must be gray.
   *
   * @throws DataException if it cannot be read, is compressed with loss, or has colors or values
   *     above 255
   */
  public static Mask read(Path file) {
    return PictureFile.with(
        file,
        reader -> {
          String format = reader.getFormatName().toUpperCase(Locale.ROOT);
          if (format.equals("JPEG")) {
            throw new DataException(
                "%s is a JPEG, whose compression changes values: %s".formatted(file, NEEDED));
          }
          return of(file, PictureFile.pixels(reader));
        });
  }

  private static Mask of(Path file, BufferedImage image) {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    int width = image.getWidth();
    byte[] values = new byte[width * image.getHeight()];
    boolean indexed = model instanceof IndexColorModel;
    if (!indexed && model.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
      throw new DataException("%s has colors: %s".formatted(file, NEEDED));
    }
    int colors = indexed ? 1 : model.getNumColorComponents();
    int[] pixel = new int[raster.getNumBands()];
    for (int i = 0; i < values.length; i++) {
      raster.getPixel(i % width, i / width, pixel);
      for (int c = 1; c < colors; c++) {
        if (pixel[c] != pixel[0]) {
          throw new DataException("%s has colors: %s".formatted(file, NEEDED));
        }
      }
      if (!indexed && model.hasAlpha() && pixel[colors] != opaque(model)) {
        throw new DataException("%s has transparent pixels: %s".formatted(file, NEEDED));
      }
      if (pixel[0] < 0 || pixel[0] > LARGEST) {
        throw new DataException(
            "%s has the value %d: the numbers of classes are from 0 to %d"
                .formatted(file, pixel[0], LARGEST));
      }
      values[i] = (byte) pixel[0];
    }
    return new Mask(image.getHeight(), width, values);
  }

  private static int opaque(ColorModel model) {
    return (1 << model.getComponentSize(model.getNumColorComponents())) - 1;
  }

  /**
   * Returns this mask scaled to another size. Each pixel takes the value of the pixel that its
   * center falls on, since numbers of classes have no mean.
   */
  public Mask resize(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    byte[] scaled = new byte[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      int row = nearest(y, newHeight, height);
      for (int x = 0; x < newWidth; x++) {
        scaled[y * newWidth + x] = values[row * width + nearest(x, newWidth, width)];
      }
    }
    return new Mask(newHeight, newWidth, scaled);
  }

  private static int nearest(int i, int to, int from) {
    return (int) ((2L * i + 1) * from / (2L * to));
  }
}
