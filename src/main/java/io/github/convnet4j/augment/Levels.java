package io.github.convnet4j.augment;

/** The 256 levels of pixels in files. */
final class Levels {
  static final int LARGEST = 255;

  private Levels() {}

  /** Returns the nearest level of a value, from 0 to 255. */
  static int of(float value) {
    return Math.round(Colours.clip(value) * LARGEST);
  }
}
