package io.github.convnet4j.tensorboard;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws text into pictures, or nothing if Java finds no font, or no display that it requires. */
final class Captions {
  /** The height of a line, in pixels. */
  static final int LINE_HEIGHT = 15;

  private static final int SIZE = 12;
  private static final int BASELINE = 12;

  private Captions() {}

  /** Lines of text and the area to which they are clipped. */
  record Caption(Rectangle area, List<String> lines) {}

  /** Whether text can be drawn. */
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

  /** Tries once, because Java remembers a failure and then throws other errors. */
  private static final class Probe {
    static final boolean USABLE = probe();

    private Probe() {}

    private static boolean probe() {
      try {
        new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().dispose();
        FontRenderContext context = new FontRenderContext(null, true, true);
        return font().getStringBounds("0", context).getWidth() > 0;
      } catch (Error | RuntimeException e) {
        // No font, no fontconfig, no FreeType and no display each cause a different error.
        return false;
      }
    }
  }
}
