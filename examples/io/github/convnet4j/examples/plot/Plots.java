package io.github.convnet4j.examples.plot;

import java.awt.EventQueue;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Shows figures: in windows, as PNG files, in a notebook, or not at all.
 *
 * <p>{@link #show} does not wait for a window to be closed: the program continues while the windows
 * stay open. It calls {@link #awaitClosed} where the notebook's {@code plt.show()} would wait,
 * usually at its end. When {@code main} returns, Swing keeps the process alive while a window is
 * open, but not if something else ends the process, as Maven does.
 *
 * <p>On a machine without a display, {@code java.awt.headless} is set before the first drawing. A
 * program that uses Java2D before that, on a display that does not answer, must set it when it
 * starts.
 */
public final class Plots {
  /** The default folder for files. */
  public static final Path DEFAULT_FOLDER = Path.of("target", "plots");

  private final BiConsumer<Plots, Figure> way;
  private final Path folder;
  private final Consumer<String> messages;
  private final Object lock = new Object();
  private int openWindows;
  private boolean warnedOfDisplay;
  private boolean warnedOfFont;

  private Plots(BiConsumer<Plots, Figure> way, Path folder, Consumer<String> messages) {
    this.way = way;
    this.folder = Objects.requireNonNull(folder, "folder");
    this.messages = Objects.requireNonNull(messages, "messages");
  }

  /**
   * Shows figures at the given target.
   *
   * @param folder the folder for files, created when the first one is written
   * @param messages receives one line for each file written, and warnings
   */
  public static Plots to(PlotTarget target, Path folder, Consumer<String> messages) {
    BiConsumer<Plots, Figure> way =
        switch (target) {
          case NONE -> (plots, figure) -> {};
          case FILE -> Plots::write;
          case WINDOW -> Plots::open;
          case AUTO -> Plots::openOrWrite;
        };
    return new Plots(way, folder, messages);
  }

  /** Shows figures with files in {@link #DEFAULT_FOLDER} and messages on standard error. */
  public static Plots to(PlotTarget target) {
    return to(target, DEFAULT_FOLDER, System.err::println);
  }

  /**
   * Passes figures, drawn as images, to a program that shows them among the text, such as a
   * notebook.
   *
   * @param display receives each image, in the thread that calls {@link #show}
   * @param messages receives warnings
   */
  public static Plots inline(Consumer<BufferedImage> display, Consumer<String> messages) {
    Objects.requireNonNull(display, "display");
    BiConsumer<Plots, Figure> way =
        (plots, figure) -> {
          display.accept(figure.toImage());
          plots.warnOfFont();
        };
    return new Plots(way, DEFAULT_FOLDER, messages);
  }

  /**
   * Shows a figure as it is now. A file is {@code folder/name.png}, and replaces an earlier one.
   *
   * @throws PlotException if windows are required but there is no display, or the folder cannot be
   *     created or written; no partial file remains
   */
  public void show(Figure figure) {
    way.accept(this, Objects.requireNonNull(figure, "figure"));
  }

  /**
   * Waits until every window opened here is closed. Returns immediately if there is none, or if the
   * thread is interrupted.
   *
   * @throws IllegalStateException if windows are open and this is Swing's event thread, which
   *     closes them
   */
  public void awaitClosed() {
    synchronized (lock) {
      if (openWindows > 0 && EventQueue.isDispatchThread()) {
        throw new IllegalStateException("awaitClosed must not be called from Swing's event thread");
      }
      try {
        while (openWindows > 0) {
          lock.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void openOrWrite(Figure figure) {
    if (Display.find().isUsable()) {
      open(figure);
    } else {
      warnOfDisplay();
      write(figure);
    }
  }

  private void write(Figure figure) {
    Path file = PngFile.write(folder, figure.name(), figure.toImage());
    warnOfFont();
    messages.accept("Picture: " + file);
  }

  private void open(Figure figure) {
    Display display = Display.find();
    if (!display.isUsable()) {
      throw new PlotException(
          "no window can be opened for the picture "
              + figure.name()
              + " ("
              + display.problem()
              + "): plot to a file instead");
    }
    List<Panel> panels = figure.panels();
    Runnable opening =
        () -> {
          FigureWindow.open(figure.name(), panels, () -> count(-1));
          count(1);
        };
    try {
      if (EventQueue.isDispatchThread()) {
        opening.run();
      } else {
        EventQueue.invokeAndWait(opening);
      }
    } catch (InterruptedException e) {
      // The window still opens; only the waiting ends.
      Thread.currentThread().interrupt();
    } catch (InvocationTargetException e) {
      throw new PlotException(
          "the window for the picture "
              + figure.name()
              + " cannot be opened ("
              + e.getCause()
              + "): plot to a file instead",
          e);
    }
    warnOfFont();
  }

  private void count(int change) {
    synchronized (lock) {
      openWindows += change;
      lock.notifyAll();
    }
  }

  private void warnOfDisplay() {
    if (Display.find().isBroken() && !warnedOfDisplay) {
      warnedOfDisplay = true;
      messages.accept("No window: " + Display.find().problem() + "; pictures go to files.");
    }
  }

  private void warnOfFont() {
    if (!warnedOfFont && !Lettering.isUsable()) {
      warnedOfFont = true;
      messages.accept(
          "Java finds no fonts, so pictures have no text: install fontconfig and a font.");
    }
  }
}
