package io.github.convnet4j.tensorboard;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileFaultsTest {
  @TempDir Path folder;

  @Test
  void namesAFolderThatIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("logs"));
    EventFileException e = assertThrows(EventFileException.class, () -> EventFile.in(file));
    assertTrue(e.getMessage().contains("the folder " + file + " ("), e::getMessage);
  }

  @Test
  void namesAFolderInsideAFile() throws IOException {
    Path inner = Files.createFile(folder.resolve("logs")).resolve("first");
    String message = assertThrows(EventFileException.class, () -> EventFile.in(inner)).getMessage();
    assertTrue(message.contains("the folder " + inner + " ("), message);
  }

  @Test
  void namesAFolderWithoutWritePermission() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assertTrue(locked.toFile().setWritable(false));
    assumeFalse(Files.isWritable(locked), "the superuser may write to every folder");
    String message =
        assertThrows(EventFileException.class, () -> EventFile.in(locked)).getMessage();
    assertTrue(message.contains("(permission denied for " + locked), message);
  }

  @Test
  void namesADeletedFileAndDoesNotCreateItAgain() throws IOException {
    EventFile file = EventFile.in(folder);
    Files.delete(file.path());
    file.scalar("cost", 1, 0.5);
    EventFileException e = assertThrows(EventFileException.class, file::flush);
    assertEquals(
        "the event file %s cannot be written (%s does not exist)"
            .formatted(file.path(), file.path()),
        e.getMessage());
    assertEquals(0, EventReader.files(folder).size());
  }

  @Test
  void refusesBlankTagsAndNegativeSteps() {
    try (EventFile file = EventFile.in(folder)) {
      assertEquals(
          "tag must not be blank: \" \"",
          assertThrows(IllegalArgumentException.class, () -> file.scalar(" ", 1, 0)).getMessage());
      assertEquals(
          "step must be at least 0: -1",
          assertThrows(IllegalArgumentException.class, () -> file.scalar("cost", -1, 0))
              .getMessage());
    }
    assertEquals(0, EventReader.values(folder).size());
  }

  @Test
  void refusesToAddToAClosedFile() {
    EventFile file = EventFile.in(folder);
    file.close();
    assertDoesNotThrow(file::close);
    assertEquals(
        "the event file is closed: " + file.path(),
        assertThrows(IllegalStateException.class, () -> file.scalar("cost", 1, 0)).getMessage());
  }
}
