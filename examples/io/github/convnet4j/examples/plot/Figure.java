package io.github.convnet4j.examples.plot;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A picture of one or more plots, 640 by 480 pixels as in matplotlib. {@link Plots#show} shows it
 * on the screen or writes it to a file. Not thread-safe.
 */
public final class Figure {
  static final int WIDTH = 640;
  static final int HEIGHT = 480;

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-][\\p{L}\\p{N}._-]*");

  private final String name;
  private final Map<SubplotPosition, Axes> subplots = new LinkedHashMap<>();

  private Figure(String name) {
    this.name = name;
  }

  /**
   * Returns a figure without plots.
   *
   * @param name the window's title and the file's name without its extension, such as {@code
   *     ex11_2}
   * @throws IllegalArgumentException if the name has characters other than letters, digits, {@code
   *     _}, {@code -} and {@code .}, or starts with {@code .}
   */
  public static Figure of(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be a file name of letters, digits, '_', '-' and '.': \"" + name + "\"");
    }
    return new Figure(name);
  }

  /**
   * Returns one plot of a grid of {@code rows} by {@code columns}. The same position always returns
   * the same axes.
   *
   * @param index the position, counted row by row from 1 at the top left, as in matplotlib
   * @throws IllegalArgumentException if rows or columns are below 1, or the index is not in the
   *     grid
   */
  public Axes subplot(int rows, int columns, int index) {
    return subplots.computeIfAbsent(
        new SubplotPosition(rows, columns, index), position -> new Axes());
  }

  /** Calls {@link Axes#imshow(float[], int, int, Colormap)} on a plot that fills the figure. */
  public Axes imshow(float[] values, int rows, int columns, Colormap colormap) {
    return subplot(1, 1, 1).imshow(values, rows, columns, colormap);
  }

  /** Calls {@link Axes#imshow(float[][], Colormap)} on a plot that fills the figure. */
  public Axes imshow(float[][] values, Colormap colormap) {
    return subplot(1, 1, 1).imshow(values, colormap);
  }

  /** Returns the name given to {@link #of}. */
  public String name() {
    return name;
  }

  /**
   * Returns the figure as it is now, drawn at 640 by 480 pixels. Without a usable font it has no
   * text.
   *
   * @throws PlotException if this JVM cannot draw
   */
  public BufferedImage toImage() {
    return FigurePainter.image(panels(), WIDTH, HEIGHT);
  }

  /** Returns the plots as they are now, in the order in which they were created. */
  List<Panel> panels() {
    return subplots.entrySet().stream().map(entry -> entry.getValue().at(entry.getKey())).toList();
  }
}
