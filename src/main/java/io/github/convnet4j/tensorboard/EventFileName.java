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
 * Names event files like TensorFlow, {@code events.out.tfevents.<seconds>.<host>.<process>.<n>}.
 * TensorBoard looks for {@code tfevents}, and reads the files of a folder in the order of their
 * names.
 */
final class EventFileName {
  private EventFileName() {}

  /** Creates an empty file with a new name. */
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
        // Another file was created in the same second: try the next number.
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // The machine does not know its own name.
    }
  }
}
