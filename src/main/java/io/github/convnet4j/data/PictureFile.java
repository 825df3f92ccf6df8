package io.github.convnet4j.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** Reads pictures from files, whatever is in them. */
final class PictureFile {
  private static final String KINDS = "a PNG, JPEG, GIF or BMP file";
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

  /** A header may say anything; twice a large camera's picture is more than training can use. */
  private static final long MOST_PIXELS = 200_000_000;

  private PictureFile() {}

  /** Whether a file's name ends as one of a picture does. */
  static boolean isNamedSo(Path file) {
    String name = file.getFileName().toString();
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  static Picture read(Path file) {
    if (!Files.exists(file)) {
      throw new DataException("%s is not there: give %s".formatted(file, KINDS));
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException("%s is not a file: give %s".formatted(file, KINDS));
    }
    if (!Files.isReadable(file)) {
      throw new DataException(file + " is not readable: check its permissions");
    }
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new DataException("%s is not a picture: give %s".formatted(file, KINDS));
      }
      return decode(file, read(file, readers.next(), in));
    } catch (IOException e) {
      throw faulty(file, e);
    }
  }

  private static DataException faulty(Path file, Exception e) {
    String reason =
        e instanceof IOException io
            ? IoReason.of(io)
            : Optional.ofNullable(e.getMessage()).orElse(e.toString());
    return new DataException(
        "%s is a damaged picture, or of an unusual kind (%s): give %s"
            .formatted(file, reason, KINDS),
        e);
  }

  private static BufferedImage read(Path file, ImageReader reader, ImageInputStream in)
      throws IOException {
    try {
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new DataException(
            "%s has %d pixels: give one of at most %d".formatted(file, pixels, MOST_PIXELS));
      }
      CutOff cutOff = new CutOff();
      reader.addIIOReadWarningListener(cutOff);
      BufferedImage image = reader.read(0);
      if (cutOff.seen()) {
        throw new IOException("it ends too early");
      }
      return image;
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | ClassCastException
        | NullPointerException e) {
      // What Java's readers throw when bytes are not what they expect.
      throw faulty(file, e);
    } finally {
      reader.dispose();
    }
  }

  private static Picture decode(Path file, BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    try {
      return isPlainGrey(image.getColorModel())
          ? Picture.wrap(height, width, 1, grey(image.getRaster(), image.getColorModel()))
          : colour(image);
    } catch (ArithmeticException e) {
      throw new DataException("%s is too large".formatted(file), e);
    }
  }

  private static boolean isPlainGrey(ColorModel model) {
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && !(model instanceof IndexColorModel);
  }

  /** From the raster: Java takes grey for linear light, and getRGB would brighten it. */
  private static byte[] grey(Raster raster, ColorModel model) {
    double largest = (1L << model.getComponentSize(0)) - 1;
    double opaque = model.hasAlpha() ? (1L << model.getComponentSize(1)) - 1 : 1;
    int width = raster.getWidth();
    byte[] grey = new byte[Math.multiplyExact(width, raster.getHeight())];
    for (int i = 0; i < grey.length; i++) {
      int x = i % width;
      int y = i / width;
      double value = raster.getSample(x, y, 0) / largest;
      double alpha = model.hasAlpha() ? raster.getSample(x, y, 1) / opaque : 1;
      grey[i] = (byte) Math.round(255 * (alpha * value + 1 - alpha));
    }
    return grey;
  }

  private static Picture colour(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    int[] row = new int[width];
    boolean colourless = true;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int at = 3 * (y * width + x);
        int alpha = row[x] >>> 24;
        for (int c = 0; c < 3; c++) {
          int value = (row[x] >>> (16 - 8 * c)) & 0xff;
          rgb[at + c] = (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
        }
        colourless &= rgb[at] == rgb[at + 1] && rgb[at] == rgb[at + 2];
      }
    }
    Picture picture = Picture.wrap(height, width, 3, rgb);
    return colourless ? picture.grey() : picture;
  }
}
