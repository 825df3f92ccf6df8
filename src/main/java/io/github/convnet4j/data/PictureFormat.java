package io.github.convnet4j.data;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What pictures are made before a network sees them:
 *
 * <pre>{@code
 * PictureFormat.asTheyAre().size(64, 64).colour(PictureFormat.Colour.GREY)
 * }</pre>
 *
 * @param size what they are scaled to; without it all must be of one size
 * @param colour grey or RGB
 * @param inverted whether black becomes white: MNIST is white on black, paper is not
 */
public record PictureFormat(Optional<Size> size, Colour colour, boolean inverted) {
  /** Checks that there are values. */
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
      Images.checkAtLeastOne("height", height);
      Images.checkAtLeastOne("width", width);
    }

    /** {@code 28x28}. */
    @Override
    public String toString() {
      return height + "x" + width;
    }
  }

  /** Grey or RGB. */
  public enum Colour {
    /** Grey if all pictures are, else RGB. */
    AUTO,
    /** One channel. */
    GREY,
    /** Three channels. */
    RGB
  }

  /** In their own size, grey if all are, else RGB. */
  public static PictureFormat asTheyAre() {
    return new PictureFormat(Optional.empty(), Colour.AUTO, false);
  }

  /** The same scaled to this size. */
  public PictureFormat size(int height, int width) {
    return new PictureFormat(Optional.of(new Size(height, width)), colour, inverted);
  }

  /** The same with other colours. */
  public PictureFormat colour(Colour newColour) {
    return new PictureFormat(size, newColour, inverted);
  }

  /** The same with black and white exchanged, or not. */
  public PictureFormat inverted(boolean exchanged) {
    return new PictureFormat(size, colour, exchanged);
  }

  /**
   * Reads a file as {@link Picture#read} does, and brings it into this format.
   *
   * @throws DataException if it cannot be read, or takes too much memory
   */
  public Picture read(Path file) {
    Picture picture = Picture.read(file);
    try {
      return apply(picture);
    } catch (OutOfMemoryError e) {
      throw PictureFile.tooLarge(file, e);
    }
  }

  /** A picture in this format; AUTO leaves its channels as they are. */
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
