package io.github.convnet4j.commandline;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.DataListener;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints where the data comes from, and a line for each tenth of a download. */
public final class DataMessages implements DataListener {
  private static final int PARTS = 10;

  private final PrintStream messages;
  private String file = "";
  private long part;

  /** Prints to this stream, and does not close it. */
  public DataMessages(PrintStream messages) {
    this.messages = messages;
  }

  @Override
  public void message(String line) {
    messages.println(line);
  }

  /** Prints which data was read, and any notes on it. */
  public void read(DataSets data) {
    List<String> lines = data.lines();
    messages.println("Data: " + lines.get(0));
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
}
