package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;

/**
 * The ready transforms, to be imported statically. Whatever is drawn between bounds is drawn
 * evenly, anew for each image. Arguments out of bounds are an {@link IllegalArgumentException}.
 */
public final class Transforms {
  private Transforms() {}

  /** As {@link #shift(float, float)} with the same share in both directions. */
  public static Geometric shift(float share) {
    Require.between("share", share, 0, 1);
    return new Shift(share, share);
  }

  /**
   * Moves the image by parts of pixels too.
   *
   * @param vertical up or down by at most this share of the height, from 0 to 1
   * @param horizontal left or right by at most this share of the width, from 0 to 1
   */
  public static Geometric shift(float vertical, float horizontal) {
    return new Shift(vertical, horizontal);
  }

  /**
   * Turns the image around its centre.
   *
   * @param degrees at most so far to the left (counter-clockwise, drawn as positive) or to the
   *     right, from 0 to 180
   */
  public static Geometric rotate(float degrees) {
    return new Rotate(degrees);
  }

  /**
   * Enlarges the image around its centre, height and width by the same factor: 2 shows it twice as
   * large, 0.5 half as large.
   *
   * @param from the smallest factor, above 0
   * @param to the largest one
   */
  public static Geometric zoom(float from, float to) {
    return new Zoom(from, to);
  }

  /**
   * Lets the image lean: rows move sideways, each by its height above the centre times the tangent
   * of the angle.
   *
   * @param degrees upright lines lean at most so far to the right (drawn as positive) or to the
   *     left, from 0 to 80
   */
  public static Geometric shear(float degrees) {
    return new Shear(degrees);
  }

  /** Swaps left and right of every other image, by chance. Digits and letters do not bear it. */
  public static Geometric flipHorizontally() {
    return new Flip(true);
  }

  /** Swaps top and bottom of every other image, by chance. */
  public static Geometric flipVertically() {
    return new Flip(false);
  }

  /**
   * Adds one number to all values of an image, as {@code tf.image.random_brightness}.
   *
   * @param largest it is from {@code -largest} to {@code largest}; from 0 to 1
   */
  public static Pixelwise brightness(float largest) {
    return new Brightness(largest);
  }

  /**
   * Draws the values of each channel away from their mean, or towards it: {@code mean + factor
   * (value - mean)}, as {@code tf.image.random_contrast}.
   *
   * @param from the smallest factor, 0 or above; 0 leaves the mean alone
   * @param to the largest one; 1 changes nothing
   */
  public static Pixelwise contrast(float from, float to) {
    return new Contrast(from, to);
  }

  /**
   * Sets a square to 0 in all channels. Its centre is any pixel of the image, so that a part of it
   * may lie outside: the square covers between a quarter of its area, roughly, and all of it.
   * Source: DeVries and Taylor, Improved Regularization of Convolutional Neural Networks with
   * Cutout, 2017.
   *
   * @param size its side in pixels, from 1 to the image's shorter side; a larger one is a fault
   *     when it meets the image
   */
  public static Pixelwise cutout(int size) {
    return new Cutout(size);
  }

  /**
   * Adds a normally distributed number of mean 0 to each value. How it is made of the generator's
   * bits is Java's matter ({@code nextGaussian}): another release may make others of the same seed.
   *
   * @param stddev its standard deviation, 0 or above
   */
  public static Pixelwise noise(float stddev) {
    return new Noise(stddev);
  }
}
