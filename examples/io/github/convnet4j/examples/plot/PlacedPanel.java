package io.github.convnet4j.examples.plot;

import io.github.convnet4j.examples.plot.Lettering.Label;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plot with its place in a figure, and the places of its ticks, numbers and title. */
record PlacedPanel(Panel panel, Rectangle box, Optional<Ticks> across, Optional<Ticks> down) {
  private static final double LABEL_DISTANCE = 7 * 100 / 72.0;
  private static final double TITLE_DISTANCE = 6 * 100 / 72.0;

  /** The distance between two lines of a title: 1.2 times 12 points, in pixels. */
  private static final double TITLE_LINE = 1.2 * 12 * 100 / 72.0;

  static PlacedPanel of(Panel panel, int width, int height) {
    Rectangle box = panel.box(width, height);
    return new PlacedPanel(
        panel,
        box,
        panel.image().map(image -> Ticks.of(image.columns(), box.width, Ticks.Direction.ACROSS)),
        panel.image().map(image -> Ticks.of(image.rows(), box.height, Ticks.Direction.DOWN)));
  }

  /** Returns the pixel columns of the ticks below the picture. */
  int[] tickColumns() {
    return across.map(ticks -> pixels(ticks, box.x, box.width)).orElseGet(() -> new int[0]);
  }

  /** Returns the pixel rows of the ticks to the left of the picture. */
  int[] tickRows() {
    return down.map(ticks -> pixels(ticks, box.y, box.height)).orElseGet(() -> new int[0]);
  }

  List<Label> title(Lettering lettering) {
    List<String> lines = panel.title().lines().toList();
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      double y = box.y - TITLE_DISTANCE - (lines.size() - 1 - i) * TITLE_LINE;
      labels.add(lettering.label(lines.get(i), box.getCenterX(), y, 0.5));
    }
    return labels;
  }

  List<Label> labelsAcross(Lettering lettering) {
    double baseline = box.y + box.height + LABEL_DISTANCE + lettering.digitHeight();
    int[] columns = tickColumns();
    List<String> texts = across.map(Ticks::labels).orElseGet(List::of);
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      labels.add(lettering.label(texts.get(i), columns[i] + 0.5, baseline, 0.5));
    }
    return labels;
  }

  List<Label> labelsDown(Lettering lettering) {
    double right = box.x - LABEL_DISTANCE;
    double half = lettering.digitHeight() / 2;
    int[] rows = tickRows();
    List<String> texts = down.map(Ticks::labels).orElseGet(List::of);
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      labels.add(lettering.label(texts.get(i), right, rows[i] + 0.5 + half, 1));
    }
    return labels;
  }

  /** The frame's first line is at -0.5 on the axis and its last at n - 0.5. */
  private static int[] pixels(Ticks ticks, int start, int length) {
    return ticks.values().stream()
        .mapToDouble(value -> (value.doubleValue() + 0.5) / ticks.cells())
        .mapToInt(part -> start - 1 + (int) Math.round(part * (length + 1)))
        .toArray();
  }
}
