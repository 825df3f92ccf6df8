package io.github.convnet4j.examples.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;

/** Text in the logical font SansSerif, sized in points at 100 dots per inch. */
final class Lettering {
  private static final double PIXELS_PER_POINT = 100.0 / 72;

  /** Fixed, so that a text has the same width in a window as in a file. */
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private final Font font;

  private Lettering(Font font) {
    this.font = font;
  }

  static Lettering ofPoints(double points) {
    Font base = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
    return new Lettering(base.deriveFont((float) (points * PIXELS_PER_POINT)));
  }

  /** Returns whether this JVM finds a font. Without one, no other method here works. */
  static boolean isUsable() {
    return Probe.USABLE;
  }

  /** Returns the height of a digit above the baseline. */
  double digitHeight() {
    return font.createGlyphVector(CONTEXT, "0").getVisualBounds().getHeight();
  }

  /**
   * Returns a text at a place.
   *
   * @param x the position that the text is aligned to
   * @param baseline the y coordinate of the line that the letters stand on
   * @param part the part of the text to the left of x: 0.5 centers it
   */
  Label label(String text, double x, double baseline, double part) {
    String shown = printable(text);
    double width = font.getStringBounds(shown, CONTEXT).getWidth();
    double left = x - width * part;
    double height = digitHeight();
    return new Label(
        shown,
        font,
        left,
        baseline,
        new Rectangle2D.Double(left, baseline - height, width, height));
  }

  /**
   * A text at its place.
   *
   * @param bounds the area that it covers, without what is below the baseline
   */
  record Label(String text, Font font, double x, double baseline, Rectangle2D bounds) {
    void draw(Graphics2D graphics) {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setFont(font);
      graphics.drawString(text, (float) x, (float) baseline);
    }
  }

  /** Replaces the minus sign by a hyphen if the font lacks it. */
  private String printable(String text) {
    return font.canDisplay('\u2212') ? text : text.replace('\u2212', '-');
  }

  /** Checks only once, since Java remembers a failure and then throws other errors. */
  private static final class Probe {
    static final boolean USABLE = probe();

    private Probe() {}

    /**
     * Without a font, Java throws an internal error that differs for each cause: nothing installed,
     * no fontconfig, no FreeType library.
     */
    private static boolean probe() {
      try {
        Rectangle2D bounds =
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("0", CONTEXT);
        return bounds.getWidth() > 0;
      } catch (InternalError | LinkageError | RuntimeException e) {
        return false;
      }
    }
  }
}
