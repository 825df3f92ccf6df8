package io.github.convnet4j.picture;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.DataException;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture: unsigned bytes, {@code [height, width, channels]} row by row, gray or RGB. Immutable.
 *
 * <pre>{@code
 * byte[] pixels = Picture.read(Path.of("seven.png")).inverted().grey().resize(28, 28).pixels();
 * }</pre>
 */
public final class Picture {
  private final int height;
  private final int width;
  private final int channels;
  private final byte[] pixels;
  private final Optional<String> remark;

  private Picture(int height, int width, int channels, byte[] pixels) {
    this(height, width, channels, pixels, Optional.empty());
  }

  private Picture(int height, int width, int channels, byte[] pixels, Optional<String> remark) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.pixels = pixels;
    this.remark = remark;
  }

  /**
   * Reads a PNG, JPEG, GIF, BMP or TIFF file, or another format for which an ImageIO plug-in is on
   * the class path. The picture becomes gray, with one channel, if no pixel has a color, and RGB
   * otherwise. It is turned upright as the orientation of the camera (EXIF) says. Transparent
   * pixels are drawn on white. Color profiles are ignored. Only the first page or frame is read.
   *
   * @throws DataException if the file does not exist, is not such a picture, or does not fit into
   *     the heap; the message names the file
   */
  public static Picture read(Path file) {
    return PictureFormat.asTheyAre().read(requireNonNull(file, "file"));
  }

  /**
   * Reads a picture file from a stream, to the end of the stream, like {@link #read(Path)}. The
   * stream stays open.
   *
   * @throws DataException if it is not a picture that can be read, or does not fit into the heap
   */
  public static Picture read(InputStream stream) {
    return PictureFormat.asTheyAre().read(requireNonNull(stream, "stream"));
  }

  /**
   * Decodes the content of a picture file, like {@link #read(Path)}.
   *
   * @param file the bytes of a PNG, JPEG or other file, not pixels; see {@link #of(int, int, int,
   *     byte[])} for those
   * @throws DataException if it is not a picture that can be read, or does not fit into the heap
   */
  public static Picture decode(byte[] file) {
    return PictureFormat.asTheyAre().decode(requireNonNull(file, "file"));
  }

  /**
   * Returns the picture that an image shows, gray if no pixel has a color. Transparent pixels are
   * drawn on white.
   *
   * @throws DataException if it has values of more than 16 bits, or colors that are neither gray
   *     nor RGB nor CMYK
   */
  public static Picture of(BufferedImage image) {
    return PictureFormat.asTheyAre().apply(requireNonNull(image, "image"));
  }

  /**
   * Returns the size of the upright picture in a file, without decoding the pixels.
   *
   * @throws DataException as {@link #read(Path)}
   */
  public static PictureFormat.Size size(Path file) {
    return PictureFile.of(requireNonNull(file, "file")).size();
  }

  /**
   * Returns how many bytes of memory decoding a picture file takes at most, judged by its header.
   *
   * @param file the content of the file
   * @throws DataException as {@link #decode}
   */
  public static long decodingBytes(byte[] file) {
    return PictureFile.of(requireNonNull(file, "file")).decodingBytes();
  }

  /**
   * Returns a picture with a copy of the pixels.
   *
   * @param channels 1 for gray, 3 for RGB
   * @param pixels {@code [height, width, channels]} row by row
   */
  public static Picture of(int height, int width, int channels, byte[] pixels) {
    return wrap(height, width, channels, pixels.clone());
  }

  /** Like {@link #of}, but keeps the array itself, which must not be changed afterwards. */
  static Picture wrap(int height, int width, int channels, byte[] pixels) {
    Require.atLeast("height", height, 1);
    Require.atLeast("width", width, 1);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 (gray) or 3 (color): " + channels);
    }
    if ((long) height * width * channels != pixels.length) {
      throw new IllegalArgumentException(
          "pixels must hold a picture of %dx%dx%d: %d values"
              .formatted(height, width, channels, pixels.length));
    }
    return new Picture(height, width, channels, pixels);
  }

  /** Number of rows. */
  public int height() {
    return height;
  }

  /** Number of columns. */
  public int width() {
    return width;
  }

  /** 1 for gray, 3 for RGB. */
  public int channels() {
    return channels;
  }

  /** Returns a copy of the pixels, {@code [height, width, channels]} row by row. */
  public byte[] pixels() {
    return pixels.clone();
  }

  /** Returns the pixels themselves, which must not be changed. */
  byte[] shared() {
    return pixels;
  }

  /** Returns a picture of the same pixels, gray or RGB. */
  public BufferedImage toBufferedImage() {
    BufferedImage image =
        new BufferedImage(
            width,
            height,
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    int[] row = new int[width * channels];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = pixels[y * row.length + i] & 0xff;
      }
      image.getRaster().setPixels(0, y, width, 1, row);
    }
    return image;
  }

  /** Copies the pixels into an array, from the position {@code at}. */
  public void copyTo(byte[] to, int at) {
    System.arraycopy(pixels, 0, to, at, pixels.length);
  }

  /**
   * Returns what should be known about the file that the picture was read from, as a sentence that
   * names it; empty as a rule. There is a remark if the values have 16 bits but use only a small
   * part of them, so that most shades are lost without a {@link PictureFormat#range(double, double)
   * range}, or if a TIFF or GIF holds several pictures, of which only the first is read. A picture
   * that was computed from this one has no remark.
   */
  public Optional<String> remark() {
    return remark;
  }

  /** Returns this picture with a remark. */
  Picture withRemark(Optional<String> newRemark) {
    return new Picture(height, width, channels, pixels, newRemark);
  }

  /**
   * Returns this picture with one channel: the luma of ITU-R BT.601, 0.299 red + 0.587 green +
   * 0.114 blue.
   */
  public Picture grey() {
    if (channels == 1) {
      return this;
    }
    byte[] grey = new byte[height * width];
    for (int i = 0; i < grey.length; i++) {
      int red = pixels[3 * i] & 0xff;
      int green = pixels[3 * i + 1] & 0xff;
      int blue = pixels[3 * i + 2] & 0xff;
      grey[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }
    return new Picture(height, width, 1, grey);
  }

  /** Returns this picture with three channels. A gray channel is repeated. */
  public Picture rgb() {
    if (channels == 3) {
      return this;
    }
    byte[] rgb = new byte[Math.multiplyExact(3, pixels.length)];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = pixels[i / 3];
    }
    return new Picture(height, width, 3, rgb);
  }

  /** Returns this picture with every value subtracted from 255: black becomes white. */
  public Picture inverted() {
    byte[] inverted = new byte[pixels.length];
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = (byte) (255 - (pixels[i] & 0xff));
    }
    return new Picture(height, width, channels, inverted);
  }

  /**
   * Returns this picture scaled to the given size; it may be stretched. The scaling is bilinear;
   * shrinking averages over all pixels that fall on a new one. This is {@code tf.image.resize} with
   * {@code antialias}.
   *
   * @param newHeight at least 1
   * @param newWidth at least 1
   */
  public Picture resize(int newHeight, int newWidth) {
    Require.atLeast("newHeight", newHeight, 1);
    Require.atLeast("newWidth", newWidth, 1);
    return PictureFormat.asTheyAre().size(newHeight, newWidth).apply(this);
  }

  /** Returns the part of this picture that a frame shows, with its remark. */
  Picture framed(Frame frame, PictureFormat.Rgb outside) {
    return PictureScale.cut(this, frame, outside).withRemark(remark);
  }

  /** Returns this picture, stored in this orientation, upright. */
  Picture upright(Orientation orientation) {
    PictureFormat.Size size = orientation.upright(new PictureFormat.Size(height, width));
    return wrap(
        size.height(),
        size.width(),
        channels,
        orientation.upright(pixels, height, width, channels));
  }

  /** Returns height, width and channels: {@code Picture[28x28x1]}. */
  @Override
  public String toString() {
    return "Picture[%dx%dx%d]".formatted(height, width, channels);
  }
}
