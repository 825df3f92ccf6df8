package io.github.convnet4j.examples.plot;

import io.github.convnet4j.examples.plot.Lettering.Label;
import java.awt.AWTError;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Draws plots with matplotlib's default lengths and font sizes. */
final class FigurePainter {
  private static final int TICK = (int) Math.round(3.5 * 100 / 72);
  private static final double LABEL_POINTS = 10;
  private static final double TITLE_POINTS = 12;

  private FigurePainter() {}

  static BufferedImage image(List<Panel> panels, int width, int height) {
    Display.prepare();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics;
    try {
      graphics = image.createGraphics();
    } catch (AWTError | LinkageError e) {
      throw new PlotException(
          "Java cannot draw here (" + e.getMessage() + "): start it with -Djava.awt.headless=true",
          e);
    }
    try {
      paint(graphics, panels, width, height);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  /** Draws over the whole area; replaces what was there before. */
  static void paint(Graphics2D graphics, List<Panel> panels, int width, int height) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.BLACK);
    List<PlacedPanel> plots =
        panels.stream().map(panel -> PlacedPanel.of(panel, width, height)).toList();
    plots.forEach(plot -> paintPicture(graphics, plot));
    if (Lettering.isUsable()) {
      paintText(graphics, plots);
    }
  }

  private static void paintPicture(Graphics2D graphics, PlacedPanel plot) {
    Rectangle box = plot.box();
    plot.panel()
        .image()
        .ifPresent(
            image -> graphics.drawImage(image.scaledTo(box.width, box.height), box.x, box.y, null));
    // The frame and the ticks are outside the picture and hide none of its pixels.
    graphics.drawRect(box.x - 1, box.y - 1, box.width + 1, box.height + 1);
    for (int x : plot.tickColumns()) {
      graphics.fillRect(x, box.y + box.height + 1, 1, TICK);
    }
    for (int y : plot.tickRows()) {
      graphics.fillRect(box.x - 1 - TICK, y, TICK, 1);
    }
  }

  /**
   * Unlike matplotlib, leaves out numbers that would overlap others, a title or the next plot. A
   * vertical axis has all of its numbers or none.
   */
  private static void paintText(Graphics2D graphics, List<PlacedPanel> plots) {
    Lettering titles = Lettering.ofPoints(TITLE_POINTS);
    Lettering numbers = Lettering.ofPoints(LABEL_POINTS);
    List<Rectangle2D> taken = new ArrayList<>();
    for (PlacedPanel plot : plots) {
      taken.add(plot.box());
      for (Label title : plot.title(titles)) {
        title.draw(graphics);
        // The whole line, so that no single numbers remain next to a short title.
        Rectangle2D bounds = title.bounds();
        Rectangle2D line =
            new Rectangle2D.Double(
                plot.box().x, bounds.getY(), plot.box().width, bounds.getHeight());
        taken.add(bounds.createUnion(line));
      }
    }
    for (PlacedPanel plot : plots) {
      paintTogether(graphics, plot.labelsDown(numbers), taken);
      for (Label label : plot.labelsAcross(numbers)) {
        paintTogether(graphics, List.of(label), taken);
      }
    }
  }

  private static void paintTogether(
      Graphics2D graphics, List<Label> labels, List<Rectangle2D> taken) {
    List<Rectangle2D> covered = new ArrayList<>(taken);
    for (Label label : labels) {
      if (covered.stream().anyMatch(label.bounds()::intersects)) {
        return;
      }
      covered.add(label.bounds());
    }
    labels.forEach(label -> label.draw(graphics));
    labels.forEach(label -> taken.add(label.bounds()));
  }
}
