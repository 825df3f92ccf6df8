package io.github.convnet4j.examples;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** The pictures that a notebook has displayed. Public, so that code of JShell can add to them. */
public final class DisplayedPictures {
  private static final List<BufferedImage> PICTURES = new ArrayList<>();

  private DisplayedPictures() {}

  /** Adds a picture. */
  public static void add(BufferedImage picture) {
    PICTURES.add(picture);
  }

  /** Returns the pictures since the last call. */
  static List<BufferedImage> takeAll() {
    List<BufferedImage> all = List.copyOf(PICTURES);
    PICTURES.clear();
    return all;
  }
}
