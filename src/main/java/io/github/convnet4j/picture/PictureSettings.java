package io.github.convnet4j.picture;

import static java.util.Objects.requireNonNull;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The only implementation of {@link PictureFormat}. That is an interface because the static methods
 * of an interface, unlike those of a class, cannot be called on an instance, whose settings would
 * be lost.
 */
record PictureSettings(
    Optional<Size> size,
    Fit fit,
    Colour colour,
    boolean inverted,
    Interpolation interpolation,
    boolean antialias,
    Rgb padding,
    Optional<Range> range)
    implements PictureFormat {
  static final PictureSettings DEFAULTS =
      new PictureSettings(
          Optional.empty(),
          Fit.STRETCH,
          Colour.AUTO,
          false,
          Interpolation.BILINEAR,
          true,
          Rgb.grey(0),
          Optional.empty());

  PictureSettings {
    requireNonNull(size, "size");
    requireNonNull(fit, "fit");
    requireNonNull(colour, "colour");
    requireNonNull(interpolation, "interpolation");
    requireNonNull(padding, "padding");
    requireNonNull(range, "range");
  }

  @Override
  public PictureFormat size(int height, int width) {
    return new PictureSettings(
        Optional.of(new Size(height, width)),
        fit,
        colour,
        inverted,
        interpolation,
        antialias,
        padding,
        range);
  }

  @Override
  public PictureFormat fit(Fit choice) {
    return new PictureSettings(
        size, choice, colour, inverted, interpolation, antialias, padding, range);
  }

  @Override
  public PictureFormat colour(Colour choice) {
    return new PictureSettings(
        size, fit, choice, inverted, interpolation, antialias, padding, range);
  }

  @Override
  public PictureFormat inverted(boolean choice) {
    return new PictureSettings(size, fit, colour, choice, interpolation, antialias, padding, range);
  }

  @Override
  public PictureFormat interpolation(Interpolation choice) {
    return new PictureSettings(size, fit, colour, inverted, choice, antialias, padding, range);
  }

  @Override
  public PictureFormat antialias(boolean choice) {
    return new PictureSettings(size, fit, colour, inverted, interpolation, choice, padding, range);
  }

  @Override
  public PictureFormat padding(Rgb color) {
    return new PictureSettings(size, fit, colour, inverted, interpolation, antialias, color, range);
  }

  @Override
  public PictureFormat range(double black, double white) {
    return new PictureSettings(
        size,
        fit,
        colour,
        inverted,
        interpolation,
        antialias,
        padding,
        Optional.of(new Range(black, white)));
  }

  @Override
  public Picture read(Path file) {
    return PictureFile.of(file).read(this);
  }

  @Override
  public Picture read(InputStream stream) {
    return PictureFile.of(stream).read(this);
  }

  @Override
  public Picture decode(byte[] file) {
    return PictureFile.of(file).read(this);
  }

  @Override
  public Picture apply(BufferedImage image) {
    return apply(PictureColours.of("the image", image, range));
  }

  @Override
  public Picture apply(Picture picture) {
    Picture result =
        switch (colour) {
          case AUTO -> addsColour() ? picture.rgb() : picture;
          case GREY -> picture.grey();
          case RGB -> picture.rgb();
        };
    if (inverted) {
      result = result.inverted();
    }
    return size.isPresent() ? PictureScale.scale(result, this) : result;
  }

  private boolean addsColour() {
    return (fit == Fit.PAD || fit == Fit.CENTER) && !padding.isGrey();
  }

  @Override
  public Mask apply(Mask mask, int outside) {
    return size.isPresent()
        ? mask.scaled(Frame.of(fit, mask.height(), mask.width(), size.get()), size.get(), outside)
        : mask;
  }

  @Override
  public Mask restore(Mask mask, Size picture, int outside) {
    Size own = new Size(mask.height(), mask.width());
    return mask.restored(
        Frame.of(fit, picture.height(), picture.width(), own),
        picture.height(),
        picture.width(),
        outside);
  }
}
