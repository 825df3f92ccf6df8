package io.github.convnet4j.picture;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapLimit;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads pictures from files. Damaged and hostile files give a {@link DataException}. */
final class PictureFile {
  private static final String GIVE = "give a %s file".formatted(PictureKind.READABLE);

  /**
   * The largest number of pixels that a byte can stand for in these formats. A deflated byte
   * expands to at most 1032 bytes, each of 8 pixels in a PNG of one bit per pixel. GIF and JPEG
   * expand less. In other formats, rows may take no bytes at all.
   */
  private static final long MOST_PIXELS_PER_BYTE = 8 * 1032;

  private static final Set<String> BOUNDED = Set.of("png", "gif", "jpeg");

  /** Besides its own raster, a picture takes three bytes per pixel as RGB, and one as gray. */
  private static final int BYTES_PER_PIXEL = 4;

  private static final int MOST_BITS = 16;

  /**
   * The color space that Java's TIFF reader gives YCbCr pixels after converting them to RGB. They
   * are not linear.
   */
  private static final ColorSpace LINEAR = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);

  private PictureFile() {}

  /** Uses a reader whose file is open. */
  interface Use<T> {
    T of(ImageReader reader) throws IOException;
  }

  static Picture read(Path file) {
    return DicomSlice.isDicom(file)
        ? DicomSlice.read(file).picture()
        : with(file, reader -> decode(file, pixels(reader)));
  }

  /** Returns the size that the file's header declares, without reading the pixels. */
  static PictureFormat.Size size(Path file) {
    return DicomSlice.isDicom(file)
        ? DicomSlice.size(file)
        : with(file, reader -> new PictureFormat.Size(reader.getHeight(0), reader.getWidth(0)));
  }

  /**
   * Opens a picture, and checks its size before anything is decoded.
   *
   * @throws DataException if that fails, or the use does
   */
  static <T> T with(Path file, Use<T> use) {
    if (!Files.exists(file)) {
      throw new DataException("%s does not exist: %s".formatted(file, GIVE));
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException("%s is not a file: %s".formatted(file, GIVE));
    }
    if (!Files.isReadable(file)) {
      throw new DataException(file + " cannot be read: check its permissions");
    }
    // Not from a File, which cannot open names with characters that the locale's charset lacks.
    try (InputStream bytes = Files.newInputStream(file);
        ImageInputStream in = new MemoryCacheImageInputStream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw noPicture(file);
      }
      return with(file, readers.next(), in, use);
    } catch (IOException e) {
      throw faulty(file, e);
    } catch (OutOfMemoryError e) {
      throw tooLarge(file, e);
    }
  }

  static DataException tooLarge(Path file, OutOfMemoryError e) {
    return new DataException(
        "%s takes more memory than the heap has left: give a smaller picture, or give Java a larger heap with -Xmx"
            .formatted(file),
        e);
  }

  private static DataException noPicture(Path file) throws IOException {
    return new DataException(
        PictureKind.in(file)
                .map(kind -> "%s is in %s format, which is not supported".formatted(file, kind))
                .orElse("%s is not a picture".formatted(file))
            + ": "
            + GIVE);
  }

  private static DataException faulty(Path file, Exception e) {
    String reason =
        e instanceof IOException io
            ? IoReason.of(io)
            : Optional.ofNullable(e.getMessage()).orElse(e.toString());
    return new DataException(
        "%s is a damaged picture, or in an unusual format (%s): %s".formatted(file, reason, GIVE),
        e);
  }

  private static <T> T with(Path file, ImageReader reader, ImageInputStream in, Use<T> use)
      throws IOException {
    try {
      reader.setInput(in, true, true);
      checkSize(file, reader);
      return use.of(reader);
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | ClassCastException
        | NullPointerException e) {
      // Java's readers throw these if the bytes are not what they expect.
      throw faulty(file, e);
    } finally {
      reader.dispose();
    }
  }

  /** Checks the size before any memory is allocated, because a header may declare anything. */
  private static void checkSize(Path file, ImageReader reader) throws IOException {
    long height = reader.getHeight(0);
    long width = reader.getWidth(0);
    String what = "%s: its %dx%d pixels".formatted(file, height, width);
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    // An array holds three values per pixel.
    if (height * width > HeapLimit.LARGEST_ARRAY / 3) {
      throw new DataException(what + " are more than an array can hold: give a smaller picture");
    }
    if (BOUNDED.contains(format) && height * width / MOST_PIXELS_PER_BYTE > Files.size(file)) {
      throw new DataException(
          "%s are more than its %d bytes can hold: get it again".formatted(what, Files.size(file)));
    }
    ImageTypeSpecifier raw = reader.getRawImageType(0);
    long bits = raw == null ? 4 * Byte.SIZE : raw.getColorModel().getPixelSize();
    long bytes = height * width * bits / Byte.SIZE + height * width * BYTES_PER_PIXEL;
    long limit = HeapLimit.ofProcess().bytes();
    if (bytes > limit) {
      throw new DataException(
          "%s take %d MB, but only %d MB of the heap are for images: give a smaller picture, or give Java a larger heap with -Xmx%dm"
              .formatted(
                  what,
                  HeapLimit.megabytes(bytes),
                  HeapLimit.megabytes(limit),
                  HeapLimit.recommended(bytes)));
    }
  }

  /** Decodes the picture, and refuses one that ends too early. */
  static BufferedImage pixels(ImageReader reader) throws IOException {
    CutOff cutOff = new CutOff();
    reader.addIIOReadWarningListener(cutOff);
    BufferedImage image = reader.read(0);
    if (cutOff.seen()) {
      throw new IOException("it ends too early");
    }
    return image;
  }

  private static Picture decode(Path file, BufferedImage image) {
    ColorModel model = image.getColorModel();
    int bits = Arrays.stream(model.getComponentSize()).max().orElse(0);
    if (bits > MOST_BITS) {
      throw new DataException(
          "%s holds values of %d bits: scale them to 8 or 16 bits".formatted(file, bits));
    }
    if (model instanceof IndexColorModel) {
      return colour(image);
    }
    int height = image.getHeight();
    int width = image.getWidth();
    return switch (model.getColorSpace().getType()) {
      case ColorSpace.TYPE_GRAY -> Picture.wrap(height, width, 1, grey(image.getRaster(), model));
      case ColorSpace.TYPE_CMYK -> orGrey(height, width, inks(image.getRaster(), model));
      case ColorSpace.TYPE_RGB ->
          model.getColorSpace() == LINEAR
              ? orGrey(height, width, samples(image.getRaster(), model))
              : colour(image);
      default ->
          throw new DataException(
              "%s holds colors that are neither gray nor RGB nor CMYK: convert it to RGB"
                  .formatted(file));
    };
  }

  /**
   * Reads gray pixels from the raster. Java takes gray for linear light, so getRGB would brighten
   * it.
   */
  private static byte[] grey(Raster raster, ColorModel model) {
    double largest = (1L << model.getComponentSize(0)) - 1;
    double opaque = model.hasAlpha() ? (1L << model.getComponentSize(1)) - 1 : 1;
    int width = raster.getWidth();
    byte[] grey = new byte[width * raster.getHeight()];
    for (int i = 0; i < grey.length; i++) {
      int x = i % width;
      int y = i / width;
      double value = raster.getSample(x, y, 0) / largest;
      double alpha = model.hasAlpha() ? raster.getSample(x, y, 1) / opaque : 1;
      grey[i] = (byte) Math.round(255 * (alpha * value + 1 - alpha));
    }
    return grey;
  }

  /**
   * Converts cyan, magenta, yellow and black to RGB. Each ink lets through the light that it does
   * not absorb; this is the rule of Pillow and TensorFlow. Java would take the product for linear
   * light and brighten it.
   */
  private static byte[] inks(Raster raster, ColorModel model) {
    double largest = (1L << model.getComponentSize(0)) - 1;
    int width = raster.getWidth();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      double ink = raster.getSample(x, y, i % 3) / largest;
      double black = raster.getSample(x, y, 3) / largest;
      rgb[i] = (byte) Math.round(255 * (1 - ink) * (1 - black));
    }
    return rgb;
  }

  /** Reads red, green and blue unchanged. */
  private static byte[] samples(Raster raster, ColorModel model) {
    double largest = (1L << model.getComponentSize(0)) - 1;
    int width = raster.getWidth();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    for (int i = 0; i < rgb.length; i++) {
      double value = raster.getSample(i / 3 % width, i / 3 / width, i % 3) / largest;
      rgb[i] = (byte) Math.round(255 * value);
    }
    return rgb;
  }

  private static Picture colour(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[3 * width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int at = 3 * (y * width + x);
        int alpha = row[x] >>> 24;
        for (int c = 0; c < 3; c++) {
          int value = (row[x] >>> (16 - 8 * c)) & 0xff;
          rgb[at + c] = (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
        }
      }
    }
    return orGrey(height, width, rgb);
  }

  /** Returns a gray picture if no pixel has a color. */
  private static Picture orGrey(int height, int width, byte[] rgb) {
    Picture picture = Picture.wrap(height, width, 3, rgb);
    for (int i = 0; i < rgb.length; i += 3) {
      if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
        return picture;
      }
    }
    return picture.grey();
  }
}
