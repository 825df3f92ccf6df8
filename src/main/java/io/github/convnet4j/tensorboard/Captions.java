package io.github.convnet4j.tensorboard;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.List;

/** Text in a picture. Where Java finds no font, or no display that it insists on, there is none. */
final class Captions {
  /** From one line to the next. */
  static final int LINE_HEIGHT = 15;

  private static final int SIZE = 12;
  private static final int BASELINE = 12;

  private Captions() {}

  /** Lines of text and the area that they must not leave. */
  record Caption(Rectangle area, List<String> lines) {}

  /** Whether there is text at all. */
  static boolean areUsable() {
    return Probe.USABLE;
  }

  static void draw(BufferedImage image, List<Caption> captions) {
    if (captions.isEmpty() || !areUsable()) {
      return;
    }
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setFont(font());
      graphics.setColor(Color.BLACK);
      for (Caption caption : captions) {
        Rectangle area = caption.area();
        graphics.setClip(area);
        for (int i = 0; i < caption.lines().size(); i++) {
          graphics.drawString(caption.lines().get(i), area.x, area.y + BASELINE + i * LINE_HEIGHT);
        }
      }
    } finally {
      graphics.dispose();
    }
  }

  private static Font font() {
    return new Font(Font.SANS_SERIF, Font.PLAIN, SIZE);
  }

  /** Asks once, for Java remembers a failure and then throws other errors. */
  private static final class Probe {
    static final boolean USABLE = probe();

    private Probe() {}

    private static boolean probe() {
      try {
        new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().dispose();
        FontRenderContext context = new FontRenderContext(null, true, true);
        return font().getStringBounds("0", context).getWidth() > 0;
      } catch (Error | RuntimeException e) {
        // Each cause has an error of its own: no font, no fontconfig, no FreeType, no display.
        return false;
      }
    }
  }
}
