package io.github.convnet4j.examples.plot;

import java.awt.GraphicsEnvironment;

/** A program that ends well only where the display answers; see {@link Display}. */
final class DisplayProbe {
  private DisplayProbe() {}

  public static void main(String[] args) {
    GraphicsEnvironment.getLocalGraphicsEnvironment()
        .getDefaultScreenDevice()
        .getDefaultConfiguration();
  }
}
