package io.github.convnet4j.commandline;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.DataListener;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjIntConsumer;
import org.tensorflow.ndarray.Shape;

/**
 * Prints where the data comes from, a line for each tenth of a download, and the progress of
 * reading pictures: on a terminal in a line that is redrawn, elsewhere in a line now and then.
 */
public final class DataMessages implements DataListener {
  private static final int PARTS = 10;
  private static final long REDRAW_NANOS = 100_000_000;
  private static final long LINE_NANOS = 10_000_000_000L;

  private final PrintStream messages;
  private final boolean terminal;
  private final ObjIntConsumer<Shape> found;
  private String file = "";
  private long part;
  private long shownAt = System.nanoTime();
  private int shown;

  /** Prints to this stream, and does not close it. */
  public DataMessages(PrintStream messages) {
    this(messages, false, (image, training) -> {});
  }

  private DataMessages(PrintStream messages, boolean terminal, ObjIntConsumer<Shape> found) {
    this.messages = messages;
    this.terminal = terminal;
    this.found = found;
  }

  /** Returns these messages on a stream that is a terminal, where a line can be redrawn, or not. */
  DataMessages onTerminal(boolean isTerminal) {
    return new DataMessages(messages, isTerminal, found);
  }

  /** Returns these messages with something that is called with what {@link #found} receives. */
  DataMessages onFound(ObjIntConsumer<Shape> check) {
    return new DataMessages(messages, terminal, check);
  }

  @Override
  public void found(Shape image, int training) {
    found.accept(image, training);
  }

  @Override
  public void message(String line) {
    erase();
    messages.println(line);
  }

  /** Prints which data was read, and any notes on it. */
  public void read(DataSets data) {
    List<String> lines = data.lines();
    message("Data: " + lines.get(0));
    lines.stream().skip(1).forEach(messages::println);
  }

  @Override
  public void progress(String name, long bytes, long total) {
    long now = PARTS * bytes / Math.max(1, total);
    if (!name.equals(file)) {
      file = name;
      part = 0;
      messages.printf(Locale.ROOT, "Downloading %s, %d bytes%n", name, total);
    } else if (now > part) {
      part = now;
      messages.printf(Locale.ROOT, "Downloading %s, %d %%%n", name, 100 / PARTS * now);
    }
  }

  @Override
  public void progress(Step step, long done, long total) {
    if (done == total) {
      erase();
      return;
    }
    long now = System.nanoTime();
    if (now - shownAt < (terminal ? REDRAW_NANOS : LINE_NANOS)) {
      return;
    }
    shownAt = now;
    String line =
        switch (step) {
          case LISTING -> "Listing pictures: %d".formatted(done);
          case CHECKING -> "Checking pictures: %d of %d".formatted(done, total);
          case READING -> "Reading pictures: %d of %d".formatted(done, total);
          case CACHING -> "Decoding pictures: %d of %d".formatted(done, total);
        };
    if (terminal) {
      messages.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
      messages.flush();
      shown = line.length();
    } else {
      messages.println(line);
    }
  }

  private void erase() {
    if (shown > 0) {
      messages.print("\r" + " ".repeat(shown) + "\r");
      messages.flush();
      shown = 0;
    }
  }
}
