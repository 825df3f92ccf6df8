package io.github.convnet4j.examples.plot;

import java.awt.Rectangle;
import java.util.Optional;

/** What is drawn at one position of a figure. Without a picture it is an empty frame. */
record Panel(SubplotPosition position, Optional<CellImage> image, String title) {
  /** Where the picture lies in a figure of that many pixels. */
  Rectangle box(int width, int height) {
    if (image.isEmpty()) {
      return position.frame(width, height);
    }
    return position.box(width, height, image.get().columns(), image.get().rows());
  }
}
