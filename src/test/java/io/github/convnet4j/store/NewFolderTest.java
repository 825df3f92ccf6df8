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

class NewFolderTest {
  private static final String ABANDONED = ".unfinished-5d7d3f2e-1111-4222-8333-444455556666";

  @TempDir Path parent;

  private static void fill(Path folder) throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("inner")).resolve("text.txt"), "whole");
  }

  @Test
  void deletesWhatKilledProcessesLeftAndNothingElse() throws IOException {
    Files.writeString(
        Files.createDirectories(parent.resolve(ABANDONED).resolve("inner")).resolve("half"), "");
    Files.createDirectory(parent.resolve(".unfinished-symphony"));
    NewFolder.write(parent.resolve("new"), NewFolderTest::fill);
    assertEquals(List.of(".unfinished-symphony", "new"), Disk.names(parent));
    assertEquals("whole", Files.readString(parent.resolve("new/inner/text.txt")));
  }

  @Test
  void doesNotDeleteAFolderThatAnotherCallIsFilling() throws IOException {
    NewFolder.write(
        parent.resolve("first"),
        unfinished -> {
          fill(unfinished);
          CompletableFuture.runAsync(
                  () -> NewFolder.write(parent.resolve("second"), NewFolderTest::fill))
              .join();
        });
    assertEquals(List.of("first", "second"), Disk.names(parent));
  }

  @Test
  void theSecondWriterOfAFolderIsToldAtOnce() throws IOException {
    Path target = parent.resolve("new");
    NewFolder.write(
        target,
        unfinished -> {
          fill(unfinished);
          String message =
              CompletableFuture.supplyAsync(
                      () ->
                          assertThrows(
                                  StoreException.class,
                                  () -> NewFolder.write(target, NewFolderTest::fill))
                              .getMessage())
                  .join();
          assertTrue(message.startsWith(target + " is in use"), message);
        });
    assertEquals(List.of("new"), Disk.names(parent));
  }

  /** A process may be killed after it has renamed the folder, or before it has created it. */
  @Test
  void deletesLocksWithoutFolders() throws IOException {
    Files.writeString(parent.resolve("." + ABANDONED + ".lock"), "by process 1 on earth");
    NewFolder.write(parent.resolve("new"), NewFolderTest::fill);
    assertEquals(List.of("new"), Disk.names(parent));
  }

  @Test
  void deletesThemEvenIfTheFolderIsCompleteAlready() throws IOException {
    Path folder = parent.resolve("new");
    NewFolder.write(folder, NewFolderTest::fill);
    Files.writeString(parent.resolve("." + ABANDONED + ".lock"), "by process 1 on earth");
    assertThrows(StoreException.class, () -> NewFolder.write(folder, NewFolderTest::fill));
    assertEquals(List.of("new"), Disk.names(parent));
  }

  @Test
  void ignoresFilesThatDesktopsCreate() throws IOException {
    Path target = Files.createDirectory(parent.resolve("new"));
    Files.writeString(target.resolve(".DS_Store"), "");
    NewFolder.write(target, NewFolderTest::fill);
    assertEquals(List.of("inner"), Disk.names(target));
  }

  @Test
  void leavesNothingOnAFullDisk() throws IOException {
    Path target = parent.resolve("below/new");
    StoreException error =
        assertThrows(
            StoreException.class,
            () ->
                NewFolder.write(
                    target,
                    folder -> {
                      fill(folder);
                      throw new IOException("No space left on device");
                    }));
    assertEquals("cannot write " + target + ": No space left on device", error.getMessage());
    assertEquals(List.of(), Disk.names(parent));
  }

  @Test
  void anInterruptedThreadFinishesWriting() throws IOException {
    Thread.currentThread().interrupt();
    NewFolder.write(parent.resolve("new"), NewFolderTest::fill);
    assertTrue(Thread.interrupted());
    assertEquals(List.of("new"), Disk.names(parent));
  }
}
