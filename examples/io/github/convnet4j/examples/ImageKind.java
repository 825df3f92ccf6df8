package io.github.convnet4j.examples;

import static io.github.convnet4j.augment.Transforms.cutout;
import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;

import io.github.convnet4j.augment.Affine;
import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.augment.Geometric;

/** What the images show, and so how they may be changed and still show it. */
public enum ImageKind {
  /** Written by hand: leaning, large or small, but never mirrored. */
  DIGITS,

  /** Photographed upright and as large as the frame, from either side. */
  CLOTHES;

  /** What is done to each image each time it is trained on. */
  public Augmentation augmentation() {
    return switch (this) {
      case DIGITS -> Augmentation.of(rotate(10), zoom(0.9f, 1.1f), shift(0.08f));
      case CLOTHES -> Augmentation.of(flipHorizontally(), byWholePixels(1), cutout(8));
    };
  }

  /**
   * Moves an image by whole pixels, so that nothing is interpolated: cloth is known by its texture,
   * which interpolation would blur in training and nothing blurs in testing.
   */
  private static Geometric byWholePixels(int most) {
    return (height, width, random) ->
        new Affine(1, 0, 0, 1, random.nextInt(-most, most + 1), random.nextInt(-most, most + 1));
  }
}
