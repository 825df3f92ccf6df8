package io.github.convnet4j.store;

import io.github.convnet4j.check.FileStamp;
import io.github.convnet4j.check.Missing;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files in their own folder that are replaced all at once or not at all, even if the machine stops.
 *
 * <p>The name of each file on disk contains the first digits of its SHA-256 checksum: {@code
 * weights-0a1b2c3d4e5f.bin}. The file {@code SHA256SUMS}, in the format of the program {@code
 * sha256sum}, lists the files that belong together. It is replaced by a single rename, when the new
 * files are safely on disk. Then the old ones are deleted.
 *
 * <p>A {@link WriteLock} on the folder makes sure that only one process writes at a time. Any
 * number of processes may read at the same time. Each of them gets the files of a single save,
 * since these are opened together and stay readable when they are deleted. Files that desktops
 * create, such as {@code .DS_Store}, are ignored.
 */
public final class SavedFiles implements AutoCloseable {
  /** The largest length of an array. */
  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final Path folder;
  private final Map<String, Opened> files;

  /** A file of a save, opened once to check its checksum and once for reading. */
  private static final class Opened {
    final Path path;
    final String sum;
    final long size;
    private final FileStamp stamp;
    private final InputStream toCheck;
    private Optional<InputStream> toRead;

    Opened(Path path, String sum) throws IOException {
      this.path = path;
      this.sum = sum;
      this.stamp = FileStamp.of(path);
      this.size = stamp.length();
      this.toCheck = Files.newInputStream(path);
      this.toRead = Optional.of(Files.newInputStream(path));
    }

    void check() throws IOException {
      String found = Disk.sum(toCheck);
      if (!found.equals(sum)) {
        throw new StoreException(
            "%s is damaged: its SHA-256 checksum must be %s: %s".formatted(path, sum, found));
      }
    }

    InputStream stream() throws IOException {
      InputStream stream = toRead.isPresent() ? toRead.get() : Files.newInputStream(path);
      toRead = Optional.empty();
      return new Unchanged(stream, stamp);
    }

    void close() throws IOException {
      toCheck.close();
      if (toRead.isPresent()) {
        toRead.get().close();
      }
    }
  }

  /**
   * Reads a file whose checksum has been compared, and which another program must not change since.
   */
  private static final class Unchanged extends FilterInputStream {
    private final FileStamp stamp;

    Unchanged(InputStream in, FileStamp stamp) {
      super(in);
      this.stamp = stamp;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      check();
      return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = in.read(bytes, from, length);
      check();
      return read;
    }

    private void check() throws IOException {
      if (!stamp.isUnchangedOrReplaced()) {
        throw new IOException("another program has changed it since it was opened");
      }
    }
  }

  private SavedFiles(Path folder, Map<String, Opened> files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Checks that {@link #write} would accept a folder, before there is anything to write.
   *
   * @param folder may not exist
   * @throws StoreException if it is a file; if it holds anything but an earlier save and files that
   *     the library or a desktop created; or if it cannot be written to
   */
  public static void check(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new StoreException(
          folder + " must be a new folder or one of an earlier save: it is a file");
    }
    try {
      if (Files.exists(folder)) {
        SaveFolder inside = SaveFolder.read(folder);
        Optional<String> foreign = inside.foreign().stream().findFirst();
        if (foreign.isPresent()) {
          throw new StoreException(
              "%s must be new, empty, or of an earlier save: it holds %s; give another folder"
                  .formatted(folder, foreign.get()));
        }
        inside.own().forEach(name -> SharedFolder.checkMayReplace(folder.resolve(name)));
      }
    } catch (IOException e) {
      throw StoreException.notRead(folder, e);
    }
    checkWritable(folder);
  }

  /**
   * Checks that a folder can be written to, or can be created.
   *
   * @throws StoreException if it cannot
   */
  public static void checkWritable(Path folder) {
    Path existing = RealPath.existing(folder.toAbsolutePath());
    if (!Files.isDirectory(existing)) {
      throw new StoreException("cannot write %s: %s is a file".formatted(folder, existing));
    }
    if (!Files.isWritable(existing)) {
      throw new StoreException(
          "cannot write %s: permission denied for %s".formatted(folder, existing));
    }
  }

  /**
   * Checks that there is room for a save. An earlier one is deleted only after it.
   *
   * @param folder may not exist
   * @param bytes the size of the save
   * @throws StoreException if there is not enough
   */
  public static void checkRoom(Path folder, long bytes) {
    long free = Disk.freeBytes(RealPath.existing(folder.toAbsolutePath()));
    if (free < bytes) {
      throw new StoreException(
          "cannot write %s: it takes %d bytes, but the disk has only %d left"
              .formatted(folder, bytes, free));
    }
  }

  /**
   * Checks that a path is neither the folder of a save nor inside one, where no other files belong.
   *
   * @param path a file or folder that is not a save; may not exist
   * @throws StoreException if it is
   */
  public static void checkOutside(Path path) {
    try {
      for (Path at = RealPath.of(path); at != null; at = at.getParent()) {
        if (Files.isDirectory(at) && SaveFolder.isOne(at)) {
          throw new StoreException(
              "%s must not be in %s, the folder of a saved model: give another folder"
                  .formatted(path, at));
        }
      }
    } catch (IOException e) {
      throw StoreException.notRead(path, e);
    }
  }

  /**
   * Writes files to a folder, and replaces those that an earlier call wrote there.
   *
   * @param folder created if it does not exist; otherwise one that {@link #check} accepts
   * @param files by name, which consists of letters, digits and underscores, a dot, and an
   *     extension
   * @throws StoreException if the folder holds anything else, another process is writing to it, or
   *     writing fails; its contents are then unchanged
   */
  public static void write(Path folder, Map<String, Content> files) {
    check(folder);
    WriteLock lock = WriteLock.onFolder(folder);
    try (lock) {
      new Save(folder).write(files);
    } catch (IOException e) {
      throw StoreException.notWritten(folder, e);
    }
  }

  /** One call of {@link #write}. */
  private static final class Save {
    private final Path folder;
    private final SaveFolder before;
    private final List<Path> made = new ArrayList<>();

    Save(Path folder) throws IOException {
      this.folder = folder;
      Unfinished.deleteAbandoned(folder);
      this.before = SaveFolder.read(folder);
    }

    void write(Map<String, Content> files) throws IOException {
      deleteUnfinished();
      Map<String, SaveFolder.Entry> entries;
      try {
        entries = writeAll(files);
        Path sums = folder.resolve(SaveFolder.SUMS);
        String text = SaveFolder.sums(entries.values());
        move(write(out -> out.write(text.getBytes(StandardCharsets.UTF_8))).path(), sums);
      } catch (IOException | RuntimeException | Error e) {
        undo(e);
        throw e;
      }
      Disk.force(folder);
      deleteOthers(entries);
    }

    private void deleteUnfinished() throws IOException {
      for (String name : before.own()) {
        if (Unfinished.has(name) && !Files.isDirectory(folder.resolve(name))) {
          Files.deleteIfExists(folder.resolve(name));
        }
      }
    }

    private Map<String, SaveFolder.Entry> writeAll(Map<String, Content> files) throws IOException {
      Map<String, SaveFolder.Entry> entries = new LinkedHashMap<>();
      for (Map.Entry<String, Content> file : files.entrySet()) {
        Written written = write(file.getValue());
        SaveFolder.Entry entry = SaveFolder.Entry.of(file.getKey(), written.sum());
        Path target = folder.resolve(entry.nameOnDisk());
        if (!Files.exists(target)) {
          made.add(target);
        }
        move(written.path(), target);
        entries.put(file.getKey(), entry);
      }
      Disk.force(folder);
      return entries;
    }

    /** A file that is safely on disk, but does not have its name yet. */
    private record Written(Path path, String sum) {}

    private Written write(Content content) throws IOException {
      Path temporary = Unfinished.in(folder);
      made.add(temporary);
      return new Written(temporary, Disk.write(temporary, content));
    }

    private static void move(Path from, Path to) throws IOException {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes what this call created, and nothing else. */
    private void undo(Throwable fault) {
      for (Path path : made) {
        try {
          Files.deleteIfExists(path);
        } catch (IOException e) {
          fault.addSuppressed(e);
        }
      }
    }

    void tidy() throws IOException {
      deleteUnfinished();
      Path sums = folder.resolve(SaveFolder.SUMS);
      deleteOthers(SaveFolder.parse(sums, Files.readAllBytes(sums)));
    }

    private void deleteOthers(Map<String, SaveFolder.Entry> entries) throws IOException {
      List<String> kept = entries.values().stream().map(SaveFolder.Entry::nameOnDisk).toList();
      for (String name : before.own()) {
        if (SaveFolder.isFileOfASave(name) && !kept.contains(name)) {
          Files.deleteIfExists(folder.resolve(name));
        }
      }
    }
  }

  /**
   * Deletes what a killed process left next to a save that it had completed, or did not get to
   * replace. Another {@link #write} would do so too.
   *
   * @throws StoreException if another process is writing to the folder, or a file cannot be deleted
   */
  public static void tidy(Path folder) {
    WriteLock lock = WriteLock.onFolder(folder);
    try (lock) {
      if (SaveFolder.hasWholeList(folder)) {
        new Save(folder).tidy();
      }
    } catch (IOException e) {
      throw StoreException.notDeleted(folder, e);
    }
  }

  /**
   * Deletes what {@link #write} wrote, complete or not, and the folder unless it holds anything
   * else. Files that desktops created are deleted with the folder.
   *
   * @throws StoreException if a file cannot be deleted
   */
  public static void delete(Path folder) {
    try {
      SaveFolder all = SaveFolder.read(folder);
      if (all.own().contains(SaveFolder.SUMS)) {
        // First, so that the rest does not look like a save.
        Files.deleteIfExists(folder.resolve(SaveFolder.SUMS));
      }
      for (String name : all.own()) {
        deleteTree(folder.resolve(name));
      }
      if (all.foreign().isEmpty()) {
        for (String name : all.ignored()) {
          deleteTree(folder.resolve(name));
        }
        Files.delete(folder);
      }
    } catch (DirectoryNotEmptyException e) {
      return; // A desktop has just created a file; the next call finds the folder again.
    } catch (IOException e) {
      throw StoreException.notDeleted(folder, e);
    }
  }

  private static void deleteTree(Path path) throws IOException {
    if (Files.exists(path)) {
      Disk.deleteTree(path);
    }
  }

  /**
   * Returns whether a folder holds what {@link #write} wrote, complete or damaged.
   *
   * @throws StoreException if the folder cannot be read
   */
  public static boolean isSave(Path folder) {
    try {
      return SaveFolder.isOne(folder);
    } catch (IOException e) {
      throw StoreException.notRead(folder, e);
    }
  }

  /**
   * Returns the first folder within a folder, by name, that holds a save.
   *
   * @throws StoreException if the folder cannot be read
   */
  public static Optional<Path> firstIn(Path folder) {
    try {
      return Disk.names(folder).stream()
          .sorted()
          .map(folder::resolve)
          .filter(Files::isDirectory)
          .filter(SavedFiles::isSave)
          .findFirst();
    } catch (IOException e) {
      throw StoreException.notRead(folder, e);
    }
  }

  /**
   * Opens what {@link #write} wrote, and checks that it is complete and undamaged.
   *
   * @return the files, which the caller closes
   * @throws StoreException if a file is missing or damaged; the message names it
   */
  public static SavedFiles open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new StoreException(Missing.folder(folder, "give the folder of a save"));
    }
    Path sums = folder.resolve(SaveFolder.SUMS);
    if (!Files.exists(sums)) {
      throw new StoreException("%s is missing: %s holds no finished save".formatted(sums, folder));
    }
    try {
      while (true) {
        byte[] text = Files.readAllBytes(sums);
        try {
          return open(folder, SaveFolder.parse(sums, text));
        } catch (NoSuchFileException e) {
          if (Arrays.equals(text, Files.readAllBytes(sums))) {
            throw new StoreException(e.getFile() + " is missing", e);
          }
          // Another process has saved in the meantime: read the new files instead.
        }
      }
    } catch (IOException e) {
      throw StoreException.notRead(folder, e);
    }
  }

  private static SavedFiles open(Path folder, Map<String, SaveFolder.Entry> entries)
      throws IOException {
    SavedFiles opened = new SavedFiles(folder, new LinkedHashMap<>());
    try {
      for (Map.Entry<String, SaveFolder.Entry> entry : entries.entrySet()) {
        Path path = folder.resolve(entry.getValue().nameOnDisk());
        opened.files.put(entry.getKey(), new Opened(path, entry.getValue().sum()));
      }
      for (Opened file : opened.files.values()) {
        file.check();
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Returns the names of the files. */
  public Set<String> names() {
    return Collections.unmodifiableSet(files.keySet());
  }

  /** Returns whether there is a file with the given name. */
  public boolean has(String name) {
    return files.containsKey(name);
  }

  private Opened file(String name) {
    return Optional.ofNullable(files.get(name))
        .orElseThrow(
            () ->
                new StoreException(
                    "%s is damaged: it has no line for %s"
                        .formatted(folder.resolve(SaveFolder.SUMS), name)));
  }

  /**
   * Returns where a file is.
   *
   * @throws StoreException if there is no file with the given name
   */
  public Path path(String name) {
    return file(name).path;
  }

  /** Returns the size of a file in bytes. */
  public long size(String name) {
    return file(name).size;
  }

  /** Returns the content of a file as text in UTF-8. */
  public String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /**
   * Returns the content of a file.
   *
   * @throws StoreException if it does not fit into the heap
   */
  public byte[] bytes(String name) {
    long most = Math.min(MAX_ARRAY, Runtime.getRuntime().maxMemory());
    if (size(name) >= most) {
      throw new StoreException(
          "%s has %d bytes, more than the heap of %d MiB can hold: give Java a larger heap with -Xmx"
              .formatted(path(name), size(name), Runtime.getRuntime().maxMemory() >> 20));
    }
    try (InputStream in = stream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw StoreException.notRead(path(name), e);
    }
  }

  /** Returns the content of a file as a stream, which the caller closes. */
  public InputStream stream(String name) {
    try {
      return file(name).stream();
    } catch (IOException e) {
      throw StoreException.notRead(path(name), e);
    }
  }

  /** Closes the files that were not read. */
  @Override
  public void close() {
    for (Opened file : files.values()) {
      try {
        file.close();
      } catch (IOException e) {
        throw StoreException.notRead(file.path, e);
      }
    }
  }
}
