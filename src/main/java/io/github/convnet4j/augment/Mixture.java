package io.github.convnet4j.augment;

import io.github.convnet4j.check.Require;

/**
 * What an image gets of another one: in a rectangle, each value becomes {@code (1 - share) own +
 * share other}. Outside the rectangle, nothing changes.
 *
 * @param top the rectangle's first row
 * @param left its first column
 * @param bottom the first row below it
 * @param right the first column to the right of it
 * @param share the share of the other image in the rectangle, from 0 to 1
 */
public record Mixture(int top, int left, int bottom, int right, double share) {
  public Mixture {
    Require.atLeast("top", top, 0);
    Require.atLeast("left", left, 0);
    Require.notBelow("bottom", bottom, "top", top);
    Require.notBelow("right", right, "left", left);
    Require.between("share", share, 0, 1);
  }

  /** Returns the share of the other image in the whole image, which is also that of its target. */
  double ofAll(int height, int width) {
    return share * (bottom - top) * (right - left) / height / width;
  }

  /**
   * Mixes one image of a batch with another.
   *
   * @param to the batch, {@code [batch, height, width, channels]}
   * @param at where the image starts
   * @param from a batch of the same shape, which has the other image
   * @param otherAt where the other image starts
   */
  void mix(float[] to, int at, float[] from, int otherAt, int width, int channels) {
    for (int row = top; row < bottom; row++) {
      int start = (row * width + left) * channels;
      int end = (row * width + right) * channels;
      for (int i = start; i < end; i++) {
        to[at + i] = mean(to[at + i], from[otherAt + i], share);
      }
    }
  }

  /** Returns {@code (1 - share) own + share other}. */
  static float mean(float own, float other, double share) {
    return (float) ((1 - share) * own + share * other);
  }
}
