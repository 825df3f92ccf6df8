package io.github.convnet4j.tensorboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * Names event files as TensorFlow does, {@code events.out.tfevents.<seconds>.<host>.<process>.<n>}:
 * TensorBoard looks for {@code tfevents} and reads a folder's files in their names' order.
 */
final class EventFileName {
  private EventFileName() {}

  /** Makes an empty file under a name that the folder does not have. */
  static Path create(Path folder) throws IOException {
    String start =
        String.format(
            Locale.ROOT,
            "events.out.tfevents.%010d.%s.%d.",
            Instant.now().getEpochSecond(),
            host(),
            ProcessHandle.current().pid());
    for (int n = 0; ; n++) {
      Path file = folder.resolve(start + n);
      try {
        return Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        // Another one begun within this second: the next number is free, or the one after it.
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // A machine that does not know its own name.
    }
  }
}
