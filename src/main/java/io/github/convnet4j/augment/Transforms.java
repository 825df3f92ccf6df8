package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;
import java.util.List;

/**
 * The built-in transforms, for static import. Amounts between bounds are drawn from a uniform
 * distribution for each image. Arguments out of range throw an {@link IllegalArgumentException}.
 */
public final class Transforms {
  private Transforms() {}

  /** Like {@link #shift(double, double)}, with the same share in both directions. */
  public static Geometric shift(double share) {
    Require.between("share", share, 0, 1);
    return new Shift(share, share);
  }

  /**
   * Moves the image, also by fractions of a pixel.
   *
   * @param vertical up or down by at most this share of the height, from 0 to 1
   * @param horizontal left or right by at most this share of the width, from 0 to 1
   */
  public static Geometric shift(double vertical, double horizontal) {
    return new Shift(vertical, horizontal);
  }

  /**
   * Rotates the image around its center.
   *
   * @param degrees the largest angle to the left (counterclockwise, positive) or to the right, from
   *     0 to 180
   */
  public static Geometric rotate(double degrees) {
    return new Rotate(degrees);
  }

  /**
   * Scales the image around its center, height and width by the same factor: 2 makes it twice as
   * large, 0.5 half as large.
   *
   * @param from the smallest factor, above 0
   * @param to the largest factor
   */
  public static Geometric zoom(double from, double to) {
    return new Zoom(from, to);
  }

  /**
   * Shears the image: each row moves sideways by its height above the center times the tangent of
   * the angle.
   *
   * @param degrees the largest angle by which vertical lines lean to the right (positive) or to the
   *     left, from 0 to 80
   */
  public static Geometric shear(double degrees) {
    return new Shear(degrees);
  }

  /** Swaps left and right with a probability of one half. Not suitable for digits and letters. */
  public static Geometric flipHorizontally() {
    return new Flip(true);
  }

  /** Swaps top and bottom with a probability of one half. */
  public static Geometric flipVertically() {
    return new Flip(false);
  }

  /**
   * Rotates the image by 0, 90, 180 or 270 degrees, each as often as the others. Nothing is
   * interpolated. Images must be square.
   */
  public static Geometric rotate90() {
    return new QuarterTurns();
  }

  /**
   * Pads the image on all sides and cuts a random part of the old size out of it, as torchvision's
   * {@code RandomCrop(size, padding)} does: the image moves by whole pixels, and nothing is
   * interpolated. {@link Augmentation#fill} says what the padding is.
   *
   * @param padding in pixels, not negative
   */
  public static Geometric randomCrop(int padding) {
    return new PaddedCrop(padding);
  }

  /**
   * Like {@link #randomResizedCrop(double, double, double, double)}, with aspect ratios from 3/4 to
   * 4/3.
   */
  public static Geometric randomResizedCrop(double areaFrom, double areaTo) {
    return new ResizedCrop(areaFrom, areaTo, 3 / 4.0, 4 / 3.0);
  }

  /**
   * Cuts a random part out of the image and stretches it to the old size, as torchvision's {@code
   * RandomResizedCrop} does, except that the part need not begin or end at a whole pixel.
   *
   * @param areaFrom the smallest area of the part, as a share of the image's, above 0
   * @param areaTo the largest area, at most 1
   * @param aspectFrom the smallest width of the part divided by its height, above 0
   * @param aspectTo the largest one
   */
  public static Geometric randomResizedCrop(
      double areaFrom, double areaTo, double aspectFrom, double aspectTo) {
    return new ResizedCrop(areaFrom, areaTo, aspectFrom, aspectTo);
  }

  /**
   * Adds the same number to all values of an image, like {@code tf.image.random_brightness}.
   *
   * @param largest the number is drawn from {@code -largest} to {@code largest}; from 0 to 1
   */
  public static Pixelwise brightness(double largest) {
    return new Brightness(largest);
  }

  /**
   * Moves the values of each channel away from their mean or toward it: {@code mean + factor (value
   * - mean)}, like {@code tf.image.random_contrast}.
   *
   * @param from the smallest factor, not negative; 0 leaves only the mean
   * @param to the largest factor; 1 changes nothing
   */
  public static Pixelwise contrast(double from, double to) {
    return new Contrast(from, to);
  }

  /**
   * Moves colors away from gray or toward it: multiplies the saturation in HSV, like {@code
   * tf.image.random_saturation}. Images must have three channels.
   *
   * @param from the smallest factor, not negative; 0 leaves shades of gray
   * @param to the largest factor; 1 changes nothing
   */
  public static Pixelwise saturation(double from, double to) {
    return new Saturation(from, to);
  }

  /**
   * Turns all colors around the color wheel, like {@code tf.image.random_hue}. Images must have
   * three channels.
   *
   * @param largest the largest turn in either direction, from 0 to 0.5: half a turn
   */
  public static Pixelwise hue(double largest) {
    return new Hue(largest);
  }

  /**
   * Changes brightness, contrast, saturation and hue, in random order, as torchvision's {@code
   * ColorJitter} does with the same numbers. Unlike {@link #brightness}, it multiplies values, and
   * unlike {@link #contrast}, it uses one mean for all channels.
   *
   * @param brightness values are multiplied by a factor from {@code 1 - brightness}, at least 0, to
   *     {@code 1 + brightness}
   * @param contrast likewise for the distance from the image's mean brightness
   * @param saturation likewise for the distance from gray; only for images with three channels
   * @param hue the largest turn around the color wheel, from 0 to 0.5; only for images with three
   *     channels
   */
  public static Pixelwise colourJitter(
      double brightness, double contrast, double saturation, double hue) {
    return new ColourJitter(brightness, contrast, saturation, hue);
  }

  /**
   * Replaces colors by shades of gray in some of the images. Images must have three channels, and
   * keep them.
   *
   * @param probability of each image to be changed, from 0 to 1
   */
  public static Pixelwise grayscale(double probability) {
    return new Grayscale(probability);
  }

  /**
   * Sharpens or blurs the image, as Pillow's {@code ImageEnhance.Sharpness} does.
   *
   * @param from the smallest factor, not negative; 0 blurs a little
   * @param to the largest factor; 1 changes nothing, 2 sharpens
   */
  public static Pixelwise sharpness(double from, double to) {
    return new Sharpness(from, to);
  }

  /**
   * Keeps only the highest bits of each value, of 8.
   *
   * @param bits from 1 to 8
   */
  public static Pixelwise posterize(int bits) {
    return new Posterize(bits);
  }

  /**
   * Inverts all values from a threshold upwards.
   *
   * @param threshold from 0 to 1
   */
  public static Pixelwise solarize(double threshold) {
    return new Solarize(threshold);
  }

  /** Stretches the values of each channel so that they reach from 0 to 1. */
  public static Pixelwise autoContrast() {
    return new AutoContrast();
  }

  /** Changes the values of each channel so that all of them are about equally frequent. */
  public static Pixelwise equalize() {
    return new Equalize();
  }

  /** Like {@link #cutout(int, double)}, with black squares. */
  public static Pixelwise cutout(int size) {
    return new Cutout(size, 0);
  }

  /**
   * Sets a square to the same value in all channels. Its center may be any pixel of the image, so
   * up to about three quarters of the square may lie outside. Source: DeVries and Taylor, Improved
   * Regularization of Convolutional Neural Networks with Cutout, 2017.
   *
   * @param size the side of the square in pixels, from 1 to the image's shorter side
   * @param value from 0 (black) to 1 (white)
   */
  public static Pixelwise cutout(int size, double value) {
    return new Cutout(size, value);
  }

  /**
   * Adds a normally distributed number of mean 0 to each value. The numbers come from Java's {@code
   * nextGaussian}, so another Java release may give other numbers for the same seed.
   *
   * @param stddev the standard deviation, not negative
   */
  public static Pixelwise noise(double stddev) {
    return new Noise(stddev);
  }

  /**
   * Mixes each image, and its target, with another one of the same batch: {@code lambda own + (1 -
   * lambda) other}, where lambda has the distribution Beta(alpha, alpha). Source: Zhang et al.,
   * mixup: Beyond Empirical Risk Minimization, 2018. For classes and labels only.
   *
   * @param alpha above 0 and at most 4; for small ones such as 0.2, most images change little
   */
  public static Mix mixUp(double alpha) {
    return new MixUp(alpha);
  }

  /**
   * Replaces a rectangle of each image by that of another one of the same batch, and mixes their
   * targets by area. The area's share has the distribution Beta(alpha, alpha), as far as the
   * rectangle lies in the image. Source: Yun et al., CutMix, 2019. For classes and labels only.
   *
   * @param alpha above 0 and at most 4; usually 1
   */
  public static Mix cutMix(double alpha) {
    return new CutMix(alpha);
  }

  /**
   * Changes each image by some operations, drawn at random, all with the same magnitude. Source:
   * Cubuk et al., RandAugment, 2019. The operations, and their amounts for the magnitude 30, are
   * those of torchvision:
   *
   * <table>
   * <caption>Operations</caption>
   * <tr><th>operation</th><th>amount for magnitude m</th></tr>
   * <tr><td>identity</td><td></td></tr>
   * <tr><td>shear horizontally or vertically, around the center</td><td>±0.3 m/30</td></tr>
   * <tr><td>shift horizontally or vertically</td><td>±150/331 m/30 of the side</td></tr>
   * <tr><td>rotate</td><td>±30 m/30 degrees</td></tr>
   * <tr><td>brightness, saturation, contrast as in {@link #colourJitter}, and sharpness</td>
   *     <td>factor 1 ± 0.9 m/30</td></tr>
   * <tr><td>posterize</td><td>8 - 4 m/30 bits, rounded</td></tr>
   * <tr><td>solarize</td><td>from 1 - m/30</td></tr>
   * <tr><td>autoContrast, equalize</td><td></td></tr>
   * </table>
   *
   * <p>All movements are combined into one, as always, and done before the colors change.
   *
   * @param count how many operations, at least 1; usually 2. One may be drawn twice
   * @param magnitude from 0 to 30; usually 9
   */
  public static Choice randAugment(int count, double magnitude) {
    return new RandAugment(count, magnitude);
  }

  /** Applies one of several transforms, each as often as the others. */
  public static Choice oneOf(Transform... options) {
    return new OneOf(List.of(options));
  }

  /**
   * Applies transforms to some of the images.
   *
   * @param probability of each image to be changed, from 0 to 1
   */
  public static Choice sometimes(double probability, Transform... transforms) {
    return new Sometimes(probability, List.of(transforms));
  }
}
