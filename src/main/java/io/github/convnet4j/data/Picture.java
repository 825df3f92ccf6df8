package io.github.convnet4j.data;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * One picture: unsigned bytes, {@code [height, width, channels]} row by row, grey or RGB.
 * Immutable.
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

  private Picture(int height, int width, int channels, byte[] pixels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.pixels = pixels;
  }

  /**
   * Reads a PNG, JPEG, GIF, BMP or TIFF file, or one of another kind for which there is an ImageIO
   * plug-in on the class path. It becomes grey, one channel, if no pixel has a colour, else RGB.
   * What is transparent is laid on white. Of several pages or frames the first is taken. Which way
   * up a camera was held (EXIF) is not looked at.
   *
   * @throws DataException if the file is not there, or no such picture, or takes more memory than
   *     the heap has for images; the message names it
   */
  public static Picture read(Path file) {
    return PictureFile.read(requireNonNull(file, "file"));
  }

  /**
   * A picture of a copy of these pixels.
   *
   * @param channels 1 for grey, 3 for RGB
   * @param pixels {@code [height, width, channels]} row by row
   */
  public static Picture of(int height, int width, int channels, byte[] pixels) {
    return wrap(height, width, channels, pixels.clone());
  }

  /** As {@link #of}, of the array itself, which nobody may change afterwards. */
  static Picture wrap(int height, int width, int channels, byte[] pixels) {
    Images.of(new Pixels.OfBytes(pixels), 1, "picture", height, width, channels);
    return new Picture(height, width, channels, pixels);
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** Columns. */
  public int width() {
    return width;
  }

  /** 1 for grey, 3 for RGB. */
  public int channels() {
    return channels;
  }

  /** The pixels, {@code [height, width, channels]} row by row; a copy. */
  public byte[] pixels() {
    return pixels.clone();
  }

  /** Copies the pixels into an array. */
  void copyTo(byte[] to, int at) {
    System.arraycopy(pixels, 0, to, at, pixels.length);
  }

  /** Of one channel: the luma of ITU-R BT.601, 0.299 red + 0.587 green + 0.114 blue. */
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

  /** Of three channels: what is grey has three alike. */
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

  /** Black for white, and each colour for its opposite. */
  public Picture inverted() {
    byte[] inverted = new byte[pixels.length];
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = (byte) (255 - (pixels[i] & 0xff));
    }
    return new Picture(height, width, channels, inverted);
  }

  /**
   * Scaled to this size, stretched if need be: bilinearly, and where it becomes smaller as a mean
   * over all pixels that fall on one, as {@code tf.image.resize} does with {@code antialias}.
   *
   * @param newHeight at least 1
   * @param newWidth at least 1
   */
  public Picture resize(int newHeight, int newWidth) {
    Images.checkAtLeastOne("newHeight", newHeight);
    Images.checkAtLeastOne("newWidth", newWidth);
    if (newHeight == height && newWidth == width) {
      return this;
    }
    return new Picture(
        newHeight,
        newWidth,
        channels,
        PictureScale.scale(pixels, height, width, channels, newHeight, newWidth));
  }

  /** Height, width and channels: {@code Picture[28x28x1]}. */
  @Override
  public String toString() {
    return "Picture[%dx%dx%d]".formatted(height, width, channels);
  }
}
