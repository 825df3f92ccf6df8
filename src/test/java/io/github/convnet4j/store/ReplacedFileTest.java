package io.github.convnet4j.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedFileTest {
  @TempDir Path folder;

  @Test
  void holdsTheLastText() throws IOException {
    Path file = folder.resolve("new/folder/text.txt");
    ReplacedFile.write(file, "a longer first text");
    ReplacedFile.write(file, "é");
    assertEquals("é", Files.readString(file));
    assertEquals(List.of("text.txt"), Disk.names(file.getParent()));
  }

  @Test
  void anInterruptedThreadFinishesWriting() throws IOException {
    Path file = folder.resolve("text.txt");
    Thread.currentThread().interrupt();
    ReplacedFile.write(file, "whole");
    assertTrue(Thread.interrupted());
    assertEquals("whole", Files.readString(file));
  }

  @Test
  void tryOutLeavesNoTrace() throws IOException {
    ReplacedFile.tryOut(folder.resolve("new/text.txt"));
    assertEquals(List.of(), Disk.names(folder));
    Path file = Files.writeString(folder.resolve("old.txt"), "old");
    WriteLock lock = WriteLock.onFile(file);
    StoreException fault =
        CompletableFuture.supplyAsync(
                () -> assertThrows(StoreException.class, () -> ReplacedFile.tryOut(file)))
            .join();
    assertTrue(fault.getMessage().startsWith(file + " is in use"), fault::getMessage);
    lock.close();
    assertEquals("old", Files.readString(file));
  }

  @Test
  void namesAFileThatCannotBeWritten() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    assertEquals(
        "cannot write %s: it is a folder".formatted(taken),
        assertThrows(StoreException.class, () -> ReplacedFile.write(taken, "")).getMessage());
    Path below = Files.createFile(folder.resolve("file")).resolve("below");
    assertTrue(
        assertThrows(StoreException.class, () -> ReplacedFile.write(below, ""))
            .getMessage()
            .startsWith("cannot write %s: ".formatted(below)));
  }
}
