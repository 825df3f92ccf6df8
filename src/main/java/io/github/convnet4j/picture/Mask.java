package io.github.convnet4j.picture;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.DataException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.Optional;

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
   * that is stored as RGB must be gray. If the file names the orientation of the camera (EXIF), the
   * mask is turned upright like its picture.
   *
   * @throws DataException if it cannot be read, is compressed with loss, or has colors or values
   *     above 255
   */
  public static Mask read(Path path) {
    PictureFile file = PictureFile.of(path);
    if (file.kind().equals(Optional.of(PictureKind.JPEG))) {
      throw new DataException(
          "%s is a JPEG, whose compression changes values: %s".formatted(path, NEEDED));
    }
    Mask stored = of(path, file.image());
    Orientation orientation = file.orientation();
    PictureFormat.Size size =
        orientation.upright(new PictureFormat.Size(stored.height, stored.width));
    return new Mask(
        size.height(),
        size.width(),
        orientation.upright(stored.values, stored.height, stored.width, 1));
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
   * Returns the part of this mask that a frame shows, scaled to another size. Each pixel takes the
   * value of the pixel that its center falls on, since numbers of classes have no mean.
   *
   * @param outside the value of pixels outside this mask
   */
  Mask scaled(Frame frame, PictureFormat.Size to, int outside) {
    return pick(frame.nearestRows(to.height()), frame.nearestColumns(to.width()), outside);
  }

  /** Returns the picture whose part that a frame shows was scaled to this mask. */
  Mask restored(Frame frame, int oldHeight, int oldWidth, int outside) {
    return pick(frame.rowsOf(oldHeight, height), frame.columnsOf(oldWidth, width), outside);
  }

  private Mask pick(int[] rows, int[] columns, int outside) {
    Require.between("outside", outside, 0, LARGEST);
    byte[] picked = new byte[Math.multiplyExact(rows.length, columns.length)];
    int at = 0;
    for (int row : rows) {
      for (int column : columns) {
        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
        picked[at++] = inside ? values[row * width + column] : (byte) outside;
      }
    }
    return new Mask(rows.length, columns.length, picked);
  }
}
