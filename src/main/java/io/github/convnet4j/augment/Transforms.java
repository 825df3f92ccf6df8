package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;

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
   * Sets a square to 0 in all channels. Its center may be any pixel of the image, so up to about
   * three quarters of the square may lie outside. Source: DeVries and Taylor, Improved
   * Regularization of Convolutional Neural Networks with Cutout, 2017.
   *
   * @param size the side of the square in pixels, from 1 to the image's shorter side; a larger one
   *     throws an exception when it is applied
   */
  public static Pixelwise cutout(int size) {
    return new Cutout(size);
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
}
