package io.github.convnet4j.examples.plot;

import java.awt.GraphicsEnvironment;

/** A program that succeeds only if the display answers; see {@link Display}. */
final class DisplayProbe {
  private DisplayProbe() {}

  public static void main(String[] args) {
    GraphicsEnvironment.getLocalGraphicsEnvironment()
        .getDefaultScreenDevice()
        .getDefaultConfiguration();
  }
}
