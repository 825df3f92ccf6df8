package io.github.convnet4j.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFileTest {
  private static final String ABANDONED = ".unfinished-5d7d3f2e-1111-4222-8333-444455556666.part";

  @TempDir Path folder;

  @Test
  void isDeletedUnlessItIsMoved() throws IOException {
    try (TemporaryFile file = TemporaryFile.in(folder)) {
      Files.writeString(file.path(), "text");
      assertEquals(2, Disk.names(folder).size()); // The file and its lock.
    }
    assertEquals(List.of(), Disk.names(folder));
    Files.writeString(folder.resolve("new"), "old");
    try (TemporaryFile file = TemporaryFile.in(folder)) {
      Files.writeString(file.path(), "text");
      file.moveTo(folder.resolve("new"));
    }
    assertEquals(List.of("new"), Disk.names(folder));
    assertEquals("text", Files.readString(folder.resolve("new")));
  }

  @Test
  void deletesWhatKilledProcessesLeftAndNothingElse() throws IOException {
    Files.writeString(folder.resolve(ABANDONED), "half");
    Files.writeString(folder.resolve("." + ABANDONED + ".lock"), "by process 1 on earth");
    Files.writeString(folder.resolve(".unfinished-symphony.part"), "");
    try (TemporaryFile first = TemporaryFile.in(folder)) {
      assertTrue(!Files.exists(folder.resolve(ABANDONED)));
      try (TemporaryFile second = TemporaryFile.in(folder)) {
        assertTrue(Files.exists(first.path()) && Files.exists(second.path()));
      }
    }
    assertEquals(List.of(".unfinished-symphony.part"), Disk.names(folder));
  }

  /** A save in progress has such files in its folder, under the folder's lock. */
  @Test
  void leavesTheUnfinishedFilesOfASaveAlone() throws IOException {
    String name = ABANDONED.replace(".part", "");
    Files.writeString(folder.resolve(name), "half");
    TemporaryFile.in(folder).close();
    assertEquals(List.of(name), Disk.names(folder));
  }

  @Test
  void namesAFolderThatIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertTrue(
        assertThrows(StoreException.class, () -> TemporaryFile.in(file))
            .getMessage()
            .contains(file.toString()));
  }
}
