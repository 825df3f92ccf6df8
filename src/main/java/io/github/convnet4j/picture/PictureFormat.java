package io.github.convnet4j.picture;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.DataException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The format to which pictures are converted before a network sees them:
 *
 * <pre>{@code
 * PictureFormat.asTheyAre().size(64, 64).colour(PictureFormat.Colour.GREY)
 * }</pre>
 *
 * @param size what they are scaled to; if empty, all must have the same size
 * @param colour gray or RGB
 * @param inverted whether black becomes white; MNIST's digits are white on black, unlike ink on
 *     paper
 */
public record PictureFormat(Optional<Size> size, Colour colour, boolean inverted) {
  /** Checks that no value is null. */
  public PictureFormat {
    requireNonNull(size, "size");
    requireNonNull(colour, "colour");
  }

  /**
   * A size in pixels.
   *
   * @param height at least 1
   * @param width at least 1
   */
  public record Size(int height, int width) {
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

  /** Gray or RGB. */
  public enum Colour {
    /** Gray if all pictures are gray, otherwise RGB. */
    AUTO,
    /** One channel. */
    GREY,
    /** Three channels. */
    RGB
  }

  /**
   * Returns the format that keeps the size, and is gray if all pictures are gray, otherwise RGB.
   */
  public static PictureFormat asTheyAre() {
    return new PictureFormat(Optional.empty(), Colour.AUTO, false);
  }

  /** Returns this format with the given size. */
  public PictureFormat size(int height, int width) {
    return new PictureFormat(Optional.of(new Size(height, width)), colour, inverted);
  }

  /** Returns this format with the given color mode. */
  public PictureFormat colour(Colour newColour) {
    return new PictureFormat(size, newColour, inverted);
  }

  /** Returns this format with or without inversion. */
  public PictureFormat inverted(boolean newInverted) {
    return new PictureFormat(size, colour, newInverted);
  }

  /**
   * Reads a file like {@link Picture#read}, and converts the picture to this format.
   *
   * @throws DataException if the file cannot be read, or takes too much memory
   */
  public Picture read(Path file) {
    Picture picture = Picture.read(file);
    try {
      return apply(picture);
    } catch (OutOfMemoryError e) {
      throw PictureFile.tooLarge(file, e);
    }
  }

  /** Converts a picture to this format. {@link Colour#AUTO} keeps its channels. */
  public Picture apply(Picture picture) {
    Picture result =
        switch (colour) {
          case AUTO -> picture;
          case GREY -> picture.grey();
          case RGB -> picture.rgb();
        };
    if (inverted) {
      result = result.inverted();
    }
    return size.isPresent() ? result.resize(size.get().height(), size.get().width()) : result;
  }
}
