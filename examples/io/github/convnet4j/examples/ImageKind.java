package io.github.convnet4j.examples;

import static io.github.convnet4j.augment.Transforms.flipHorizontally;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;

import io.github.convnet4j.augment.Augmentation;

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
      case CLOTHES -> Augmentation.of(flipHorizontally(), zoom(0.95f, 1.05f), shift(0.05f));
    };
  }
}
