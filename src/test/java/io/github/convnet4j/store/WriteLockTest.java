package io.github.convnet4j.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteLockTest {
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = parent.resolve("new").resolve("folder");
  }

  /** Takes a lock, prints a line, and holds the lock until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws InterruptedException {
      WriteLock lock = WriteLock.onFolder(Path.of(args[0]));
      System.out.println("held");
      Thread.currentThread().join();
      lock.close();
    }
  }

  private Process hold() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    assertEquals("held", out.readLine());
    return process;
  }

  private String fault() {
    return assertThrows(StoreException.class, () -> WriteLock.onFolder(folder)).getMessage();
  }

  @Test
  void namesTheProcessThatHoldsItAndIsReleasedWhenThatIsKilled()
      throws IOException, InterruptedException {
    Process holder = hold();
    try {
      String message = fault();
      assertTrue(
          message.startsWith(folder + " is in use by process " + holder.pid() + " on "), message);
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertTrue(Files.exists(folder.resolve(".lock")), "the killed process cannot delete it");
    WriteLock.onFolder(folder).close();
    assertEquals(List.of(), Disk.names(folder));
  }

  @Test
  void belongsToOneThreadWhichMayTakeItAgain() {
    WriteLock lock = WriteLock.onFolder(folder);
    assertSame(lock, WriteLock.onFolder(parent.resolve("new/../new/folder")));
    lock.close();
    assertTrue(CompletableFuture.supplyAsync(this::fault).join().contains("another thread"));
    lock.close();
    CompletableFuture.runAsync(() -> WriteLock.onFolder(folder).close()).join();
  }

  @Test
  void deletesFoldersThatItCreatedAndThatStayedEmpty() throws IOException {
    WriteLock lock = WriteLock.onFolder(folder);
    assertTrue(Files.exists(folder));
    lock.close();
    assertEquals(List.of(), Disk.names(parent));

    WriteLock used = WriteLock.onFolder(folder);
    Files.writeString(folder.resolve("notes.txt"), "mine");
    used.close();
    assertEquals(List.of("notes.txt"), Disk.names(folder));
  }

  @Test
  void theLockOfAFileIsNextToIt() throws IOException {
    Path file = folder.resolve("history.csv");
    WriteLock lock = WriteLock.onFile(file);
    assertEquals(List.of(".history.csv.lock"), Disk.names(folder));
    WriteLock.onFile(folder.resolve("other.csv")).close();
    lock.close();
    assertFalse(Files.exists(folder));
  }

  @Test
  void anInterruptedThreadTakesItAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    WriteLock lock = WriteLock.onFolder(folder);
    assertTrue(Thread.interrupted());
    assertTrue(CompletableFuture.supplyAsync(this::fault).join().contains(folder.toString()));
    lock.close();
  }
}
