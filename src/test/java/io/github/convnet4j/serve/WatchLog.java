package io.github.convnet4j.serve;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Records what is logged by servers that watch the folders of their models. */
final class WatchLog implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger(FolderWatch.class.getName());
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord message) {
          lines.add(message.getMessage());
        }

        @Override
        public void flush() {
          // Nothing is buffered.
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  WatchLog() {
    logger.addHandler(recorder);
    logger.setUseParentHandlers(false);
  }

  /** Returns all messages; more may follow. */
  List<String> lines() {
    return lines;
  }

  /** Waits for a message with this part. */
  void await(String part) {
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          while (lines.stream().noneMatch(line -> line.contains(part))) {
            Thread.sleep(10);
          }
        },
        lines::toString);
  }

  @Override
  public void close() {
    logger.removeHandler(recorder);
    logger.setUseParentHandlers(true);
  }
}
