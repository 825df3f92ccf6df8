package io.github.convnet4j.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Writes files that are safely on disk when the call returns, and computes SHA-256 checksums. */
final class Disk {
  private Disk() {}

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Writes a new file, forces it to the disk, and returns its checksum. */
  static String write(Path file, Content content) throws IOException {
    MessageDigest digest = digest();
    try (OutputStream out =
        new BufferedOutputStream(
            new DigestOutputStream(
                Files.newOutputStream(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                digest),
            1 << 16)) {
      content.writeTo(out);
    }
    force(file, StandardOpenOption.WRITE);
    return HexFormat.of().formatHex(digest.digest());
  }

  static String sum(InputStream in) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Forces a folder's new and renamed entries to the disk. Windows does so by itself, and has no
   * call for it.
   */
  static void force(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      force(folder, StandardOpenOption.READ);
    }
  }

  private static void force(Path path, OpenOption option) throws IOException {
    uninterrupted(
        () -> {
          try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
          }
          return path;
        });
  }

  /** An operation on a channel. */
  interface ChannelUse<T> {
    T run() throws IOException;
  }

  /**
   * Completes an operation on a channel even if the thread is interrupted, which closes the
   * channel. The operation is then repeated, and the thread stays interrupted. A little delay is
   * better than a half-written file.
   */
  static <T> T uninterrupted(ChannelUse<T> use) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return use.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Returns the free space on the disk of a file or folder, or the largest number if it is unknown.
   */
  static long freeBytes(Path path) {
    try {
      FileStore store = Files.getFileStore(path);
      return store.getTotalSpace() > 0 ? store.getUsableSpace() : Long.MAX_VALUE;
    } catch (IOException e) {
      return Long.MAX_VALUE; // Some mounts, for example in containers, do not tell.
    }
  }

  /** Forces a folder and all its contents to the disk. */
  static void forceTree(Path folder) throws IOException {
    for (Path path : tree(folder)) {
      if (Files.isDirectory(path)) {
        force(path);
      } else {
        force(path, StandardOpenOption.WRITE);
      }
    }
  }

  static void deleteTree(Path folder) throws IOException {
    for (Path path : tree(folder)) {
      Files.deleteIfExists(path);
    }
  }

  /** Returns all contents of a folder, deepest first, and finally the folder. */
  private static List<Path> tree(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** Returns the names of all entries of a folder, sorted. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
