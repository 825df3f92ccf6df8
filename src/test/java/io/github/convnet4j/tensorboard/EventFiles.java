package io.github.convnet4j.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Event files of processes that were killed, of which the last record may be cut off. */
public final class EventFiles {
  private static final int FRAME = 16;

  private EventFiles() {}

  /**
   * Returns the last step of a tag in the last file of a folder that has one; 0 if none has. The
   * last one is the one that was changed last, since names count seconds only.
   */
  public static int lastStep(Path folder, String tag) throws IOException {
    long last = 0;
    List<Path> files = new ArrayList<>(EventReader.files(folder));
    files.sort(Comparator.comparing(file -> file.toFile().lastModified()));
    for (Path file : files) {
      long step = 0;
      for (byte[] record : EventReader.records(whole(Files.readAllBytes(file)))) {
        Event event = Event.parseFrom(record);
        for (Summary.Value value : event.getSummary().getValueList()) {
          if (value.getTag().equals(tag)) {
            if (event.getStep() != step + 1) {
              throw new AssertionError("%s: %d follows %d".formatted(file, event.getStep(), step));
            }
            step = event.getStep();
          }
        }
      }
      last = step == 0 ? last : step;
    }
    return (int) last;
  }

  /** Checks that no record is cut off in the files of a folder, nor is a file empty. */
  public static void checkWhole(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path file : EventReader.files(folder)) {
        if (EventReader.events(file).isEmpty()) {
          throw new AssertionError(file + " is empty");
        }
      }
    }
  }

  /** Returns the bytes of the records that are complete. */
  private static byte[] whole(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int end = 0;
    while (end + FRAME <= file.length && end + FRAME + in.getLong(end) <= file.length) {
      end += FRAME + (int) in.getLong(end);
    }
    return Arrays.copyOf(file, end);
  }
}
