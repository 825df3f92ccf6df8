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

/** Bytes that are on the disk when the call returns, and their SHA-256 sums. */
final class Disk {
  private Disk() {}

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Writes a new file through to the disk; returns its sum. */
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

  /** Makes renamed and new files in a folder last; Windows does so by itself, and has no call. */
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

  /** What a channel is used for. */
  interface ChannelUse<T> {
    T run() throws IOException;
  }

  /**
   * Uses a channel to the end, although a thread that is interrupted closes its channels. The use
   * begins again then, and the thread stays interrupted: a file that is half written would be worse
   * than one that is written a little late.
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

  /** What is left on the disk that a file or folder is on; the greatest number if nobody knows. */
  static long freeBytes(Path path) {
    try {
      FileStore store = Files.getFileStore(path);
      return store.getTotalSpace() > 0 ? store.getUsableSpace() : Long.MAX_VALUE;
    } catch (IOException e) {
      return Long.MAX_VALUE; // Some mounts, in containers for one, cannot be asked.
    }
  }

  /** Makes a folder and all that is in it last. */
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

  /** All that is in a folder, deepest first, and the folder last. */
  private static List<Path> tree(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** The names of what is in a folder. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
