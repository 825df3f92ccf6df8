package io.github.convnet4j.examples.plot;

import java.awt.Rectangle;
import java.util.Optional;

/** What is drawn at one position of a figure: a picture, or an empty frame without one. */
record Panel(SubplotPosition position, Optional<CellImage> image, String title) {
  /** Returns the picture's place in a figure of this many pixels. */
  Rectangle box(int width, int height) {
    if (image.isEmpty()) {
      return position.frame(width, height);
    }
    return position.box(width, height, image.get().columns(), image.get().rows());
  }
}
