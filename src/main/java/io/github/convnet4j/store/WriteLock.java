package io.github.convnet4j.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The right to write to a folder or to replace a file, which only one process has at a time:
 *
 * <pre>{@code
 * try (WriteLock lock = WriteLock.onFolder(Path.of("checkpoints"))) {
 *   …
 * }
 * WriteLock.onFolder(Path.of("checkpoints"));
 *     // StoreException if another process holds it; the message says which
 * }</pre>
 *
 * <p>It is an operating system lock on a hidden file, which is deleted when the lock is closed. If
 * the process is killed, the file stays, but the lock is released. The thread that holds a lock may
 * take it again. Reading needs no lock. On a file system without locks, every process gets one.
 */
public final class WriteLock implements AutoCloseable {
  /** The name of the file in a locked folder. */
  static final String NAME = ".lock";

  /** The locked position in the file, far behind the text, so that others can read the text. */
  private static final long POSITION = Long.MAX_VALUE - 1;

  private static final int ATTEMPTS = 100;

  /**
   * All locks of this process, by their files. Closing a second channel would release the lock of
   * the first.
   */
  private static final Map<Path, WriteLock> HELD = new HashMap<>();

  private final Path file;
  private final FileChannel channel;
  private final List<Path> newFolders;
  private final Thread holder = Thread.currentThread();
  private int times = 1;

  private WriteLock(Path file, FileChannel channel, List<Path> newFolders) {
    this.file = file;
    this.channel = channel;
    this.newFolders = newFolders;
  }

  private static final class Host {
    static final String NAME = name();

    private static String name() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "localhost"; // The machine does not know its own name.
      }
    }
  }

  /**
   * Takes the right to write to a folder.
   *
   * @param folder created if it does not exist; deleted when the lock is closed, if this call
   *     created it and it is empty
   * @throws StoreException if another process or thread has it, or the folder cannot be written to
   */
  public static WriteLock onFolder(Path folder) {
    Path real = RealPath.of(requireNonNull(folder, "folder"));
    return take(real.resolve(NAME), folder);
  }

  /**
   * Takes the right to replace a file. Its folder is treated like that of {@link #onFolder}.
   *
   * @throws StoreException if another process or thread has it, or the folder cannot be written to
   */
  public static WriteLock onFile(Path file) {
    Path real = RealPath.of(requireNonNull(file, "file"));
    return take(real.resolveSibling("." + real.getFileName() + NAME), file);
  }

  /** Takes the right to replace a file, unless this process or another one has it. */
  static Optional<WriteLock> ifFree(Path file) {
    Path real = RealPath.of(file);
    Path lock = real.resolveSibling("." + real.getFileName() + NAME);
    synchronized (HELD) {
      try {
        return HELD.containsKey(lock) ? Optional.empty() : Optional.of(take(lock, file));
      } catch (StoreException e) {
        return Optional.empty(); // Another process has it, or it belongs to another user.
      }
    }
  }

  private static WriteLock take(Path file, Path what) {
    synchronized (HELD) {
      WriteLock held = HELD.get(file);
      if (held != null) {
        return held.again(what);
      }
      try {
        WriteLock taken = Disk.uninterrupted(() -> acquire(file, what));
        HELD.put(file, taken);
        return taken;
      } catch (IOException e) {
        throw StoreException.notWritten(what, e);
      }
    }
  }

  private WriteLock again(Path what) {
    if (holder != Thread.currentThread()) {
      throw StoreException.inUse(what, "by another thread of this process");
    }
    times++;
    return this;
  }

  private static WriteLock acquire(Path file, Path what) throws IOException {
    Set<Path> newFolders = new LinkedHashSet<>();
    for (int attempt = 1; ; attempt++) {
      for (Path folder = file.getParent(); !Files.exists(folder); folder = folder.getParent()) {
        newFolders.add(folder);
      }
      Files.createDirectories(file.getParent());
      FileChannel channel;
      try {
        channel =
            FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        continue; // The previous holder has just deleted the folder.
      } catch (AccessDeniedException e) {
        // Users do not know the lock's file.
        throw Files.isWritable(file.getParent())
            ? e
            : new AccessDeniedException(file.getParent().toString());
      }
      WriteLock lock = new WriteLock(file, channel, List.copyOf(newFolders));
      try {
        if (!tryLock(channel)) {
          throw StoreException.inUse(what, text(file));
        }
        write(channel);
        if (Files.exists(file) || attempt == ATTEMPTS) {
          return lock;
        }
      } catch (StoreException e) {
        channel.close();
        throw e;
      } catch (IOException | RuntimeException e) {
        lock.free();
        throw e;
      }
      channel.close(); // The previous holder has just deleted the file.
    }
  }

  private static boolean tryLock(FileChannel channel) throws ClosedChannelException {
    try {
      FileLock lock = channel.tryLock(POSITION, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // Classes of another class loader have it.
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      return true; // The file system has no locks.
    }
  }

  private static void write(FileChannel channel) throws IOException {
    String text = "by process %d on %s".formatted(ProcessHandle.current().pid(), Host.NAME);
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    channel.truncate(0);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String text(Path file) {
    try {
      String text = Files.readString(file);
      return text.isBlank() ? "by another process" : text;
    } catch (IOException e) {
      return "by another process"; // It has just ended, or belongs to another user.
    }
  }

  private void free() throws IOException {
    try (channel) {
      Files.deleteIfExists(file);
    }
    for (Path folder : newFolders) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        return; // It holds the files for which the lock was taken.
      }
    }
  }

  /** Releases the lock when it has been closed as often as it was taken. */
  @Override
  public void close() {
    synchronized (HELD) {
      if (--times > 0) {
        return;
      }
      HELD.remove(file);
      try {
        free();
      } catch (IOException e) {
        throw StoreException.notDeleted(file, e);
      }
    }
  }
}
