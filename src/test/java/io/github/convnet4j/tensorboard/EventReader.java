package io.github.convnet4j.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** An independent reader of event files, written from the public TFRecord format. */
final class EventReader {
  private EventReader() {}

  /** One value of one tag. */
  record Tagged(long step, Summary.Value value) {}

  /**
   * Returns the byte strings in the content of a file.
   *
   * @throws IllegalArgumentException if a checksum is wrong or the file is truncated
   */
  static List<byte[]> records(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = take(in, 8);
      checkSum(in, length);
      byte[] data = take(in, ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
      checkSum(in, data);
      records.add(data);
    }
    return records;
  }

  private static byte[] take(ByteBuffer in, long n) {
    if (n < 0 || n > in.remaining()) {
      throw new IllegalArgumentException("truncated: " + n + " of " + in.remaining());
    }
    byte[] taken = new byte[(int) n];
    in.get(taken);
    return taken;
  }

  private static void checkSum(ByteBuffer in, byte[] data) {
    int masked = ByteBuffer.wrap(take(in, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int rotated = masked - 0xa282ead8;
    int sum = rotated >>> 17 | rotated << 15;
    if (sum != crc32c(data)) {
      throw new IllegalArgumentException("wrong checksum");
    }
  }

  /** Castagnoli's polynomial, bits reversed. */
  private static int crc32c(byte[] data) {
    int crc = ~0;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    return ~crc;
  }

  static List<Event> events(Path file) {
    try {
      List<Event> events = new ArrayList<>();
      for (byte[] data : records(Files.readAllBytes(file))) {
        events.add(Event.parseFrom(data));
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the event files of a folder in the order of their names. */
  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all values in a folder, in the order of its files. */
  static List<Tagged> values(Path folder) {
    return files(folder).stream()
        .flatMap(file -> events(file).stream())
        .flatMap(
            event ->
                event.getSummary().getValueList().stream()
                    .map(value -> new Tagged(event.getStep(), value)))
        .toList();
  }

  /** Returns the values of a tag. */
  static List<Tagged> values(Path folder, String tag) {
    return values(folder).stream().filter(v -> v.value().getTag().equals(tag)).toList();
  }

  /** Returns the steps of a tag's values. */
  static List<Long> steps(Path folder, String tag) {
    return values(folder, tag).stream().map(Tagged::step).toList();
  }

  /** Returns the scalars of a tag. */
  static List<Float> scalars(Path folder, String tag) {
    return values(folder, tag).stream().map(v -> v.value().getSimpleValue()).toList();
  }
}
