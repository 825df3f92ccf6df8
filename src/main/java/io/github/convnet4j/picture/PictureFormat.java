package io.github.convnet4j.picture;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.InputFormat;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The format to which pictures are converted before a network sees them:
 *
 * <pre>{@code
 * PictureFormat.asTheyAre().size(224, 224).fit(Fit.CROP).colour(Colour.RGB)
 * PictureFormat.asTheyAre().size(28, 28).fit(Fit.PAD).colour(Colour.GREY).inverted(true)
 * }</pre>
 *
 * <p>Pictures are converted in this order: values of more than 8 bits are mapped to 0 to 255, the
 * picture is turned upright as the camera's orientation (EXIF) says, it is made gray or RGB, it is
 * inverted, and it is scaled or cut to the size.
 *
 * <p>Immutable: each method returns a copy with one setting changed.
 */
public sealed interface PictureFormat extends InputFormat permits PictureSettings {
  /**
   * A size in pixels.
   *
   * @param height at least 1
   * @param width at least 1
   */
  record Size(int height, int width) {
    /** Checks both. */
    public Size {
      Require.atLeast("height", height, 1);
      Require.atLeast("width", width, 1);
    }

    /** {@code 28x28}. */
    @Override
    public String toString() {
      return height + "x" + width;
    }
  }

  /** How a picture is brought to the size. */
  enum Fit {
    /** It is scaled; it may be stretched. */
    STRETCH,

    /**
     * The largest part with the proportions of the size is cut from the center, and scaled. Keras
     * calls this {@code crop_to_aspect_ratio}.
     */
    CROP,

    /**
     * It is padded on two opposite sides to the proportions of the size, and scaled. Keras calls
     * this {@code pad_to_aspect_ratio}.
     */
    PAD,

    /**
     * The part of this size is cut from the center, without scaling. Where the picture is too
     * small, it is padded. TensorFlow calls this {@code resize_with_crop_or_pad}.
     */
    CENTER
  }

  /** Gray or RGB. */
  enum Colour {
    /** Gray if all pictures are gray, otherwise RGB. */
    AUTO,
    /** One channel. */
    GREY,
    /** Three channels. */
    RGB
  }

  /** How values between pixels are computed. The results are those of {@code tf.image.resize}. */
  enum Interpolation {
    /** The value of the nearest pixel, without a mean. */
    NEAREST,
    /** Linear in both directions. */
    BILINEAR,
    /** The cubic of Keys with a = -0.5; sharper, and may overshoot at edges. */
    BICUBIC,
    /** The Lanczos filter with radius 3; the sharpest. */
    LANCZOS3,
    /** The mean over the area that a new pixel covers. */
    AREA
  }

  /**
   * A color, each part from 0 to 255.
   *
   * @param red from 0 to 255
   * @param green from 0 to 255
   * @param blue from 0 to 255
   */
  record Rgb(int red, int green, int blue) {
    private static final int WHITE = 255;

    /** Checks all three. */
    public Rgb {
      Require.between("red", red, 0, WHITE);
      Require.between("green", green, 0, WHITE);
      Require.between("blue", blue, 0, WHITE);
    }

    /** Returns a shade of gray, from 0 for black to 255 for white. */
    public static Rgb grey(int shade) {
      Require.between("shade", shade, 0, WHITE);
      return new Rgb(shade, shade, shade);
    }

    /** Returns whether all three are equal. */
    public boolean isGrey() {
      return red == green && red == blue;
    }
  }

  /**
   * The values in a file that become black and white. Values between them are mapped linearly, and
   * those outside are clipped.
   *
   * @param black finite
   * @param white finite and above {@code black}
   */
  record Range(double black, double white) {
    /** Checks both. */
    public Range {
      Require.finite("black", black);
      Require.finite("white", white);
      if (black >= white) {
        throw new IllegalArgumentException(
            "white must be above black, %s: %s".formatted(black, white));
      }
    }
  }

  /**
   * Returns the format that keeps the size, and is gray if all pictures are gray, otherwise RGB.
   */
  static PictureFormat asTheyAre() {
    return PictureSettings.DEFAULTS;
  }

  /** Sets the size in pixels of all pictures. */
  PictureFormat size(int height, int width);

  /** Sets how pictures are brought to the size; {@link Fit#STRETCH} by default. */
  PictureFormat fit(Fit choice);

  /** Sets the color mode; {@link Colour#AUTO} by default. */
  PictureFormat colour(Colour choice);

  /**
   * Sets whether black becomes white and white black. MNIST's digits are white on black, unlike ink
   * on paper.
   */
  PictureFormat inverted(boolean choice);

  /** Sets how pictures are scaled; {@link Interpolation#BILINEAR} by default. */
  PictureFormat interpolation(Interpolation choice);

  /**
   * Sets whether a picture that becomes smaller is smoothed, so that every pixel counts; true by
   * default. Keras' {@code image_dataset_from_directory} does not smooth. {@link
   * Interpolation#NEAREST} never smooths, and {@link Interpolation#AREA} always does.
   */
  PictureFormat antialias(boolean choice);

  /**
   * Sets the color of the pixels that {@link Fit#PAD} and {@link Fit#CENTER} add; black by default.
   * It is the color that the network sees, so it is not inverted. If it is not gray, {@link
   * Colour#AUTO} makes all pictures RGB.
   */
  PictureFormat padding(Rgb color);

  /**
   * Sets which values become black and white, in files whose values have more than 8 bits. The
   * default is the full range of the file's type, 0 to 65535 for 16 bits. Cameras and scanners
   * often use only a part of it: {@code range(0, 4095)} is for 12 bits. TIFF files of floats are
   * read only with a range. Files of 8 bits and less are not affected.
   *
   * <p>For DICOM files the values are those in their units ({@link DicomSlice#values}): {@code
   * range(-160, 240)} is the window of the abdomen in Hounsfield units. Their default is the window
   * that each file recommends ({@link DicomSlice#picture}).
   *
   * @param black finite
   * @param white finite and above {@code black}
   */
  PictureFormat range(double black, double white);

  /** Returns the size; if empty, all pictures must have the same size. */
  Optional<Size> size();

  /** Returns how pictures are brought to the size. */
  Fit fit();

  /** Returns the color mode. */
  Colour colour();

  /** Returns whether black becomes white and white black. */
  boolean inverted();

  /** Returns how pictures are scaled. */
  Interpolation interpolation();

  /** Returns whether a picture that becomes smaller is smoothed. */
  boolean antialias();

  /** Returns the color of added pixels. */
  Rgb padding();

  /** Returns the values that become black and white; empty for the full range of a file's type. */
  Optional<Range> range();

  /**
   * Reads a file like {@link Picture#read(Path)}, and converts the picture to this format.
   *
   * @throws DataException if the file cannot be read, or takes too much memory
   */
  Picture read(Path file);

  /**
   * Reads a picture file from a stream, to the end of the stream, and converts the picture. The
   * stream stays open.
   *
   * @throws DataException if it is not a picture, or takes too much memory
   */
  Picture read(InputStream stream);

  /**
   * Decodes the content of a picture file, and converts the picture.
   *
   * @throws DataException if it is not a picture, or takes too much memory
   */
  Picture decode(byte[] file);

  /** Converts an image to a picture of this format. */
  Picture apply(BufferedImage image);

  /**
   * Converts a picture to this format. {@link Colour#AUTO} keeps its channels. Its values have 8
   * bits, so the range does not matter.
   */
  Picture apply(Picture picture);

  /**
   * Brings a mask to the size, in the same way as its picture. Each pixel takes the value of the
   * nearest one, since numbers of classes have no mean.
   *
   * @param outside the value of pixels that are added, from 0 to 255
   */
  Mask apply(Mask mask, int outside);

  /**
   * Brings a mask in this format, such as a prediction, back to the size of the picture, as the
   * opposite of {@link #apply(Mask, int)}.
   *
   * @param picture the size of the upright picture
   * @param outside the value of pixels that the format cuts off, from 0 to 255
   */
  Mask restore(Mask mask, Size picture, int outside);
}
