package io.github.convnet4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.files.LoopbackDownload;
import io.github.convnet4j.files.NoisyPictures;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.tensorboard.EventFileException;
import io.github.convnet4j.tensorboard.EventFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A disk that is full ends each kind of writing with one sentence. What was there before is
 * unchanged, nothing half written is left, and with more room the same works.
 */
class FullDiskTest {
  private static final long LARGE = 64 << 20;

  /** How full the disk is, from nothing free to nearly enough. */
  private static final List<Double> PARTS = List.of(0.0, 0.1, 0.4, 0.7, 0.95);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Writers.class)
  void whatWasWrittenBeforeStays(Writers writer) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), LARGE);
        LoopbackDownload server = LoopbackDownload.start()) {
      System.setProperty(LoopbackDownload.URL, server.url());
      long before = disk.free();
      writer.write(disk.folder(), 1, Writers.Progress.ignored());
      long needed = before - disk.free();
      int number = 1;
      for (double part : PARTS) {
        int next = number + 1;
        disk.fillUpTo((long) (part * needed));
        String what = "%s with %d of %d bytes".formatted(writer, (long) (part * needed), needed);
        int earlier = writer.last(disk.folder());
        boolean written = write(writer, disk.folder(), next, what);
        assertEquals(List.of(), Writers.leftovers(disk.folder()), what);
        EventFiles.checkWhole(disk.folder().resolve("logs/train"));
        disk.empty();
        int last = writer.last(disk.folder());
        assertTrue(
            last == earlier || last == next || writer.writesAtOnce() > 1, what + ": " + last);
        assertTrue(last == next || last == Writers.UNKNOWN || !written, what + ": " + last);
        number = next;
        if (!written) {
          writer.write(disk.folder(), number, Writers.Progress.ignored());
          last = writer.last(disk.folder());
          assertTrue(last == number || last == Writers.UNKNOWN, what + ", then: " + last);
        }
        assertEquals(List.of(), Writers.leftovers(disk.folder()), what);
      }
    }
  }

  /** Returns whether there was enough room. */
  private static boolean write(Writers writer, Path disk, int number, String what) {
    try {
      writer.write(disk, number, Writers.Progress.ignored());
      return true;
    } catch (StoreException | EventFileException | DataException e) {
      assertSentence(e.getMessage(), what, disk);
    } catch (IOException e) {
      // A download says why to its listener.
      assertEquals(Writers.DOWNLOAD, writer, e::toString);
    } catch (AssertionError e) {
      // The command exits with 2.
      assertEquals(Writers.TRAIN_COMMAND, writer, what + ": " + e.getMessage());
      assertTrue(e.getMessage().startsWith("exit code 2: "), what + ": " + e.getMessage());
      assertSentence(Command.withoutData(e.getMessage().replace("exit code 2: ", "")), what, disk);
    }
    return false;
  }

  private static void assertSentence(String message, String what, Path path) {
    assertSentence(message.lines().toList(), what, path);
  }

  private static void assertSentence(List<String> lines, String what, Path path) {
    assertEquals(1, lines.size(), what + ": " + lines);
    assertTrue(lines.get(0).contains(path.toString()), what + ": " + lines);
    assertFalse(lines.get(0).contains("Exception"), what + ": " + lines);
  }

  private int code;
  private List<String> messages = List.of();

  private void execute(String... args) {
    Command command = Command.run(args);
    code = command.code();
    messages = command.messages();
  }

  private void executeRight(String... args) {
    execute(args);
    assertEquals(0, code, messages::toString);
  }

  /** Each command that writes, on a disk with less and less room. */
  @Test
  void commandsSaySoInOneSentence() throws Exception {
    NoisyPictures.write(folder.resolve("pictures/a"), 10, 28, 28, false);
    NoisyPictures.write(folder.resolve("pictures/b"), 10, 28, 28, false);
    Path model = folder.resolve("model");
    executeRight(
        "train",
        "--data=" + folder.resolve("pictures"),
        "--max-steps=1",
        "--progress=none",
        "--out=" + model);
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), LARGE)) {
      Path to = disk.folder();
      List<String[]> commands = new ArrayList<>();
      commands.add(new String[] {"export", model.toString(), to.resolve("exported").toString()});
      commands.add(
          new String[] {"export", model.toString(), "--keras=" + to.resolve("model.keras")});
      commands.add(
          new String[] {
            "report",
            model.toString(),
            "--data=" + folder.resolve("pictures"),
            "--out=" + to.resolve("report.html")
          });
      commands.add(new String[] {"summary", model.toString(), "--write=" + to.resolve("net.json")});
      commands.add(train("--out=" + to.resolve("model")));
      commands.add(train("--out=" + folder.resolve("m1"), "--history=" + to.resolve("h.csv")));
      commands.add(train("--out=" + folder.resolve("m2"), "--tensorboard=" + to.resolve("logs")));
      commands.add(train("--out=" + folder.resolve("m3"), "--checkpoints=" + to.resolve("points")));
      commands.add(train("--out=" + folder.resolve("m4"), "--cache=" + to.resolve("cache")));
      for (String[] command : commands) {
        long free = disk.free();
        execute(command);
        assertEquals(0, code, () -> String.join(" ", command) + ": " + messages);
        long needed = free - disk.free();
        clear(to);
        for (double part : List.of(0.0, 0.5, 0.9)) {
          long room = (long) (part * needed);
          String what = "%s with %d of %d bytes".formatted(String.join(" ", command), room, needed);
          disk.fillUpTo(room);
          deleteModels();
          execute(command);
          if (code != 0) {
            assertEquals(2, code, () -> what + ": " + messages);
            assertSentence(messages, what, to);
            assertEquals(List.of(), Writers.leftovers(to), what);
          }
          clear(to);
        }
      }
    }
  }

  private String[] train(String... more) {
    return Stream.concat(
            Stream.of(
                "train",
                "--data=" + folder.resolve("pictures"),
                "--max-steps=1",
                "--progress=none"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private void deleteModels() throws IOException {
    for (String name : List.of("m1", "m2", "m3", "m4")) {
      delete(folder.resolve(name));
    }
  }

  private static void clear(Path disk) throws IOException {
    try (Stream<Path> files = Files.list(disk)) {
      for (Path file : files.toList()) {
        delete(file);
      }
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** The curves grow with each epoch, until the disk is full. */
  @ParameterizedTest
  @ValueSource(longs = {600_000, 640_000, 700_001, 1_000_000})
  void trainingResumesWhenThereIsRoom(long bytes) throws Exception {
    Path model = folder.resolve("model");
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), bytes)) {
      Path to = disk.folder();
      Path network = folder.resolve("net.json");
      Files.writeString(network, Writers.network().toJson());
      List<String> train =
          new ArrayList<>(
              List.of(
                  "train",
                  "--data=digits",
                  "--network=" + network,
                  "--batch-size=1000",
                  "--progress=none",
                  "--checkpoints=" + to.resolve("points"),
                  "--history=" + to.resolve("history.csv"),
                  "--tensorboard=" + to.resolve("logs"),
                  "--out=" + model));
      train.add("--epochs=1000");
      execute(train.toArray(String[]::new));
      assertEquals(2, code, messages::toString);
      assertSentence(messages, "training", to);
      assertEquals(List.of(), Writers.leftovers(to));
      assertFalse(Files.exists(model));
      EventFiles.checkWhole(to.resolve("logs/train"));
      EventFiles.checkWhole(to.resolve("logs/validation"));
      clear(to.resolve("logs"));
      int done = epochs(to.resolve("points"));
      train.set(train.size() - 1, "--epochs=" + (done + 1));
      executeRight(train.toArray(String[]::new));
      List<String> rows = Files.readAllLines(to.resolve("history.csv"));
      assertEquals(done + 2, rows.size(), rows::toString);
      assertEquals(List.of(), Writers.leftovers(to));
    }
  }

  private static int epochs(Path checkpoints) throws IOException {
    if (!Files.exists(checkpoints)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files
          .filter(file -> Files.exists(file.resolve("SHA256SUMS")))
          .mapToInt(file -> Integer.parseInt(file.getFileName().toString().substring(6, 10)))
          .max()
          .orElse(0);
    }
  }
}
