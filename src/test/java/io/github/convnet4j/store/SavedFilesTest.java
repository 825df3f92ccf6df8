package io.github.convnet4j.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFilesTest {
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = parent.resolve("new").resolve("save");
  }

  private void write(String first, String second) {
    Map<String, Content> files = new LinkedHashMap<>();
    files.put("first.txt", text(first));
    files.put("second.txt", text(second));
    SavedFiles.write(folder, files);
  }

  private static Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String fault() {
    return assertThrows(StoreException.class, () -> SavedFiles.open(folder)).getMessage();
  }

  @Test
  void readsTheLastSave() throws IOException {
    write("one", "two");
    write("one", "three");
    SavedFiles files = SavedFiles.open(folder);
    assertEquals("one", files.text("first.txt"));
    assertEquals("three", files.text("second.txt"));
    assertEquals(3, names().size(), () -> "nothing of the first save is left");
    assertTrue(
        assertThrows(StoreException.class, () -> files.text("third.txt"))
            .getMessage()
            .endsWith("SHA256SUMS is damaged: it has no line for third.txt"));
  }

  /** If the second save fails at any point, the folder still holds the first one. */
  @Test
  void aFailedSaveKeepsTheOneBefore() throws IOException {
    write("one", "two");
    List<String> before = names();
    for (Content broken : List.<Content>of(this::failWhileWriting, this::failForAnotherReason)) {
      Map<String, Content> files = new LinkedHashMap<>();
      files.put("first.txt", text("new"));
      files.put("second.txt", broken);
      assertThrows(RuntimeException.class, () -> SavedFiles.write(folder, files));
      assertEquals("one", SavedFiles.open(folder).text("first.txt"));
      assertEquals("two", SavedFiles.open(folder).text("second.txt"));
      assertTrue(names().containsAll(before));
      assertTrue(names().stream().noneMatch(name -> name.startsWith(".")), names()::toString);
    }
    write("new", "newer");
    assertEquals(3, names().size(), names()::toString);
  }

  private void failWhileWriting(OutputStream out) throws IOException {
    out.write(1);
    throw new IOException("the disk is full");
  }

  private void failForAnotherReason(OutputStream out) throws IOException {
    out.write(1);
    throw new IllegalStateException("the model is closed");
  }

  @Test
  void namesAnUnfinishedSaveAndReplacesIt() throws IOException {
    write("one", "two");
    Files.delete(folder.resolve("SHA256SUMS"));
    Files.writeString(folder.resolve(".unfinished-1"), "half");
    assertTrue(fault().endsWith("SHA256SUMS is missing: " + folder + " holds no finished save"));
    write("three", "four");
    assertEquals("four", SavedFiles.open(folder).text("second.txt"));
    assertEquals(3, names().size(), names()::toString);
  }

  private static final List<String> LEFT_BY_DESKTOPS =
      List.of(
          ".DS_Store",
          "._weights.bin",
          "Thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          ".directory",
          ".localized",
          ".nfs00000001");

  /** In an empty folder, in one that holds a save, and in one that is deleted. */
  @Test
  void ignoresFilesThatDesktopsCreate() throws IOException {
    Files.createDirectories(folder);
    for (String name : LEFT_BY_DESKTOPS) {
      Files.writeString(folder.resolve(name), "");
    }
    write("one", "two");
    write("one", "three");
    try (SavedFiles files = SavedFiles.open(folder)) {
      assertEquals("three", files.text("second.txt"));
    }
    assertEquals(3 + LEFT_BY_DESKTOPS.size(), names().size());
    SavedFiles.delete(folder);
    assertFalse(Files.exists(folder));
  }

  /** The states that a killed process may leave during the first save. */
  @Test
  void replacesUnfinishedFilesOfItsOwn() throws IOException {
    write("one", "two");
    String second =
        names().stream().filter(name -> name.startsWith("second")).findFirst().orElseThrow();
    String half = Files.readString(folder.resolve(second));
    for (String name :
        List.of(
            ".lock",
            ".unfinished-123",
            second,
            ".unfinished-5d7d3f2e-1111-4222-8333-444455556666/inner")) {
      Files.delete(folder.resolve("SHA256SUMS"));
      SavedFiles.delete(folder);
      Path left = folder.resolve(name);
      Files.createDirectories(left.getParent());
      Files.writeString(left, half);
      SavedFiles.check(folder);
      write("three", "four");
      assertEquals(3, names().size(), () -> name + " is left: " + names());
    }
  }

  /**
   * The name of a file does not prove that it belongs to a save: its checksum must match the name.
   */
  @Test
  void keepsAFileThatOnlyLooksLikeOneOfASave() throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of("photo-0123456789ab.jpg", "SHA256SUMS")) {
      Path mine = Files.writeString(folder.resolve(name), "0123  ubuntu.iso\n");
      StoreException error = assertThrows(StoreException.class, () -> write("one", "two"));
      assertTrue(error.getMessage().contains(name), error::getMessage);
      SavedFiles.delete(folder);
      Files.delete(mine);
    }
  }

  @Test
  void aFailedFirstSaveLeavesNothing() throws IOException {
    Map<String, Content> files = new LinkedHashMap<>();
    files.put("first.txt", text("new"));
    files.put("second.txt", this::failWhileWriting);
    StoreException error =
        assertThrows(StoreException.class, () -> SavedFiles.write(folder, files));
    assertEquals("cannot write " + folder + ": the disk is full", error.getMessage());
    assertEquals(List.of(), Disk.names(parent));
    write("one", "two");
  }

  @Test
  void aReaderGetsOneCompleteSaveWhileOthersAreWritten() {
    write("0", "0");
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 1; i <= 100; i++) {
                write(String.valueOf(i), String.valueOf(i));
              }
            });
    int read = 0;
    do {
      try (SavedFiles files = SavedFiles.open(folder)) {
        assertEquals(files.text("first.txt"), files.text("second.txt"));
        read++;
      }
    } while (!writing.isDone());
    writing.join();
    assertTrue(read > 0);
  }

  @Test
  void openedFilesCanBeReadAfterTheyAreReplaced() {
    write("one", "two");
    try (SavedFiles files = SavedFiles.open(folder)) {
      write("three", "four");
      assertEquals("one", files.text("first.txt"));
      assertEquals("two", files.text("second.txt"));
      assertEquals(3, files.size("first.txt"));
    }
  }

  @Test
  void anInterruptedThreadFinishesSaving() {
    Thread.currentThread().interrupt();
    write("one", "two");
    assertTrue(Thread.currentThread().isInterrupted());
    try (SavedFiles files = SavedFiles.open(folder)) {
      assertEquals("two", files.text("second.txt"));
    }
    assertTrue(Thread.interrupted());
  }

  @Test
  void otherFilesDoNotBelongInASave() throws IOException {
    write("one", "two");
    SavedFiles.checkOutside(folder.getParent().resolve("history.csv"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), folder);
    for (Path place :
        List.of(folder, folder.resolve("history.csv"), link.resolve("logs").resolve("train"))) {
      StoreException error =
          assertThrows(StoreException.class, () -> SavedFiles.checkOutside(place));
      assertTrue(error.getMessage().contains(place.toString()), error::getMessage);
      assertTrue(error.getMessage().contains(folder.toRealPath().toString()), error::getMessage);
    }
  }

  @Test
  void refusesMoreThanTheDiskCanHold() {
    SavedFiles.checkRoom(folder, 1);
    String message =
        assertThrows(StoreException.class, () -> SavedFiles.checkRoom(folder, 1L << 60))
            .getMessage();
    assertTrue(message.contains(folder.toString()) && message.contains("" + (1L << 60)), message);
  }

  @Test
  void namesEveryDamagedFile() throws IOException {
    write("one", "two");
    for (String name : names()) {
      Path file = folder.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < whole.length; i++) {
        byte[] damaged = whole.clone();
        damaged[i] ^= 4;
        Files.write(file, damaged);
        String fault = fault();
        // A changed name in the list of checksums is that of a missing file.
        boolean missing = name.equals("SHA256SUMS") && fault.endsWith(" is missing");
        assertTrue(missing || fault.contains(" is damaged: "), fault);
        assertTrue(fault.contains(name.equals("SHA256SUMS") ? folder.toString() : name), fault);
      }
      Files.write(file, whole);
      Files.delete(file);
      assertTrue(fault().contains(name + " is missing"), this::fault);
      Files.write(file, whole);
    }
    assertEquals("one", SavedFiles.open(folder).text("first.txt"));
  }

  @Test
  void doesNotTouchOtherFolders() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("letter.txt"), "dear");
    StoreException error = assertThrows(StoreException.class, () -> write("one", "two"));
    assertTrue(error.getMessage().startsWith(folder + " must be new, empty"), error::getMessage);
    assertTrue(error.getMessage().contains("it holds letter.txt"), error::getMessage);
    assertEquals(List.of("letter.txt"), names());
    folder = folder.resolve("letter.txt");
    assertTrue(
        assertThrows(StoreException.class, () -> write("one", "two"))
            .getMessage()
            .startsWith(folder + " must be a new folder"));
    folder = parent.resolve("nowhere");
    assertTrue(fault().startsWith(folder + " does not exist: "), fault());
  }

  @Test
  void deletesOnlyItsOwnFiles() throws IOException {
    write("one", "two");
    SavedFiles.delete(folder);
    assertFalse(Files.exists(folder));

    write("one", "two");
    Files.writeString(folder.resolve("notes.txt"), "mine");
    SavedFiles.delete(folder);
    assertEquals(List.of("notes.txt"), names());
  }
}
