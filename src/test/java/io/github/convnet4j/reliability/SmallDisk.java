package io.github.convnet4j.reliability;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A disk in memory that is soon full. Only the superuser can mount one. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final Path filling;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.filling = folder.resolve("filling");
  }

  /**
   * Mounts a disk. Where that is not possible, the test is skipped; {@code unshare -Urm mvn test …}
   * makes it possible for every user.
   */
  static SmallDisk mount(Path folder, long bytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/bin/mount")), "there is no program /bin/mount");
    int code = run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
    Assumptions.assumeTrue(code == 0, "only the superuser can mount a tmpfs");
    return new SmallDisk(folder);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  Path folder() {
    return folder;
  }

  long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Leaves at most this many bytes free. */
  void fillUpTo(long bytes) throws IOException {
    empty();
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filling)) {
      for (long free = free(); free >= bytes + page.length; free -= page.length) {
        out.write(page);
      }
    } catch (IOException e) {
      // The system may need a page more than it has said. Then the disk is full a page earlier.
      if (free() > bytes) {
        throw e;
      }
    }
  }

  void empty() throws IOException {
    Files.deleteIfExists(filling);
  }

  @Override
  public void close() throws IOException {
    try {
      if (run("umount", "-l", folder.toString()) != 0) {
        throw new IOException(folder + " cannot be unmounted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
