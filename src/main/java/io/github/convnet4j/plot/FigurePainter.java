package io.github.convnet4j.plot;

import java.awt.AWTError;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.util.List;

/** Draws plots with matplotlib's default lengths and sizes of type. */
final class FigurePainter {
  private static final double PIXELS_PER_POINT = 100.0 / 72;
  private static final int TICK = (int) Math.round(3.5 * PIXELS_PER_POINT);
  private static final double LABEL_DISTANCE = 7 * PIXELS_PER_POINT;
  private static final double TITLE_DISTANCE = 6 * PIXELS_PER_POINT;
  private static final double LABEL_POINTS = 10;
  private static final double TITLE_POINTS = 12;

  private final Graphics2D graphics;
  private final int width;
  private final int height;
  private final List<Panel> panels;

  private FigurePainter(Graphics2D graphics, List<Panel> panels, int width, int height) {
    this.graphics = graphics;
    this.panels = panels;
    this.width = width;
    this.height = height;
  }

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

  static void paint(Graphics2D graphics, List<Panel> panels, int width, int height) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    FigurePainter painter = new FigurePainter(graphics, panels, width, height);
    panels.forEach(painter::paintPanel);
  }

  private void paintPanel(Panel panel) {
    Rectangle box = panel.box(width, height);
    panel
        .image()
        .ifPresent(
            image -> graphics.drawImage(image.scaledTo(box.width, box.height), box.x, box.y, null));
    // The frame lies around the picture and hides none of its pixels.
    graphics.setColor(Color.BLACK);
    graphics.drawRect(box.x - 1, box.y - 1, box.width + 1, box.height + 1);
    panel
        .image()
        .ifPresent(
            image -> {
              paintAcross(image.columns(), box);
              paintDown(image.rows(), box);
            });
    if (!panel.title().isEmpty() && Lettering.isUsable()) {
      double x = box.x + box.width / 2.0;
      Lettering.ofPoints(TITLE_POINTS)
          .draw(graphics, panel.title(), x, box.y - TITLE_DISTANCE, 0.5);
    }
  }

  private void paintAcross(int columns, Rectangle box) {
    Ticks ticks = Ticks.of(columns, box.width, Ticks.Direction.ACROSS);
    int y = box.y + box.height + 1;
    for (BigDecimal value : ticks.values()) {
      graphics.fillRect(pixel(value, columns, box.x, box.width), y, 1, TICK);
    }
    if (!Lettering.isUsable()) {
      return;
    }
    Lettering lettering = Lettering.ofPoints(LABEL_POINTS);
    double baseline = y - 1 + LABEL_DISTANCE + lettering.digitHeight();
    if (baseline > floor(box)) {
      return;
    }
    for (int i = 0; i < ticks.values().size(); i++) {
      double x = pixel(ticks.values().get(i), columns, box.x, box.width) + 0.5;
      lettering.draw(graphics, ticks.labels().get(i), x, baseline, 0.5);
    }
  }

  private void paintDown(int rows, Rectangle box) {
    Ticks ticks = Ticks.of(rows, box.height, Ticks.Direction.DOWN);
    for (BigDecimal value : ticks.values()) {
      int y = pixel(value, rows, box.y, box.height);
      graphics.fillRect(box.x - 1 - TICK, y, TICK, 1);
    }
    if (!Lettering.isUsable()) {
      return;
    }
    Lettering lettering = Lettering.ofPoints(LABEL_POINTS);
    double right = box.x - LABEL_DISTANCE;
    double widest = ticks.labels().stream().mapToDouble(lettering::width).max().orElse(0);
    if (right - widest < leftWall(box)) {
      return;
    }
    for (int i = 0; i < ticks.values().size(); i++) {
      double middle = pixel(ticks.values().get(i), rows, box.y, box.height) + 0.5;
      double baseline = middle + lettering.digitHeight() / 2;
      lettering.draw(graphics, ticks.labels().get(i), right, baseline, 1);
    }
  }

  /** Where a number lies on an axis: -0.5 is the frame's first line, n - 0.5 its last. */
  private static int pixel(BigDecimal value, int cells, int start, int length) {
    double part = (value.doubleValue() + 0.5) / cells;
    return start - 1 + (int) Math.round(part * (length + 1));
  }

  /** The right edge of the next plot on the left, or the figure's: labels end before it. */
  private int leftWall(Rectangle box) {
    return panels.stream()
        .map(panel -> panel.box(width, height))
        .filter(other -> other.x < box.x)
        .filter(other -> other.y < box.y + box.height && box.y < other.y + other.height)
        .mapToInt(other -> other.x + other.width)
        .max()
        .orElse(0);
  }

  /** The top of the next plot below with its title, or the figure's end. */
  private double floor(Rectangle box) {
    double titleHeight = TITLE_DISTANCE + TITLE_POINTS * PIXELS_PER_POINT;
    return panels.stream()
        .filter(
            panel -> {
              Rectangle other = panel.box(width, height);
              return other.y > box.y
                  && other.x < box.x + box.width
                  && box.x < other.x + other.width;
            })
        .mapToDouble(
            panel -> panel.box(width, height).y - (panel.title().isEmpty() ? 0 : titleHeight))
        .min()
        .orElse(height);
  }
}
