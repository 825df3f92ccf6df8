package io.github.convnet4j.examples;

import io.github.convnet4j.data.DataListener;
import java.io.PrintStream;
import java.util.Optional;

/** Tells the user where the data comes from, and shows a download's progress. */
final class DataMessages implements DataListener, AutoCloseable {
  private final PrintStream messages;
  private Optional<Download> download = Optional.empty();

  private record Download(String file, TerminalProgress progress) {}

  DataMessages(PrintStream messages) {
    this.messages = messages;
  }

  @Override
  public void message(String line) {
    close();
    messages.println(line);
  }

  @Override
  public void progress(String file, long bytes, long total) {
    if (download.filter(shown -> shown.file().equals(file)).isEmpty()) {
      close();
      messages.println("Downloading " + file + ", " + total + " bytes");
      download = Optional.of(new Download(file, TerminalProgress.start(file, total, messages)));
    }
    download.ifPresent(shown -> shown.progress().stepTo(bytes));
  }

  @Override
  public void close() {
    download.ifPresent(shown -> shown.progress().close());
    download = Optional.empty();
  }
}
