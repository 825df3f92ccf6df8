package io.github.convnet4j.files;

import io.github.convnet4j.check.FileStamp;
import io.github.convnet4j.data.DataException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Files below a folder, by number. A million of them take about 60 MB, where as many {@link Path}s
 * would take several times that.
 */
final class FileList {
  private static final char REPLACEMENT = '\uFFFD';

  private final Path folder;
  private final URI folderUri;

  /** The names relative to the folder, as in a URI, one after another. */
  private byte[] names = new byte[1 << 10];

  /** Where each name ends. */
  private int[] ends = new int[1 << 6];

  private long[] lengths = new long[1 << 6];
  private long[] modified = new long[1 << 6];
  private int size;

  FileList(Path folder) {
    this.folder = folder;
    String uri = folder.toUri().toString();
    this.folderUri = URI.create(uri.endsWith("/") ? uri : uri + "/");
  }

  Path folder() {
    return folder;
  }

  int size() {
    return size;
  }

  /** Returns a file's name relative to the folder, with slashes, the same in every locale. */
  String name(int file) {
    String raw = raw(file);
    return raw.indexOf('%') < 0 ? raw : URI.create("/" + raw).getPath().substring(1);
  }

  private String raw(int file) {
    int from = start(file);
    return new String(names, from, ends[file] - from, StandardCharsets.US_ASCII);
  }

  private int start(int file) {
    return file == 0 ? 0 : ends[file - 1];
  }

  Path path(int file) {
    String raw = raw(file);
    if (raw.indexOf('%') < 0) {
      return folder.resolve(raw);
    }
    String name = name(file);
    if (name.indexOf(REPLACEMENT) < 0) {
      try {
        return folder.resolve(name);
      } catch (InvalidPathException e) {
        // The locale's character set lacks a character.
        return ofUri(raw);
      }
    }
    return ofUri(raw);
  }

  /** Returns the file whose name has the bytes that are written in a URI. */
  private Path ofUri(String raw) {
    Path absolute = Path.of(URI.create(folderUri + raw));
    int ofFolder = folder.toAbsolutePath().getNameCount();
    return folder.resolve(absolute.subpath(ofFolder, absolute.getNameCount()));
  }

  /** Returns a file's length in bytes when it was listed. */
  long length(int file) {
    return lengths[file];
  }

  /** Returns when a file was modified last before it was listed, in milliseconds. */
  long modified(int file) {
    return modified[file];
  }

  /**
   * Checks that a file is as it was when it was listed. Called after it has been read.
   *
   * @throws DataException if it is not
   */
  void checkUnchanged(int file) {
    Path path = path(file);
    try {
      FileStamp now = FileStamp.of(path);
      if (now.length() != lengths[file] || now.modified().toMillis() != modified[file]) {
        throw new DataException(
            "%s has changed since its folder was read: read the folder again".formatted(path));
      }
    } catch (IOException e) {
      throw PictureFiles.unreadable(path, e);
    }
  }

  /** Adds the files of another list of the same folder, in its order. */
  void addAll(FileList other) {
    for (int file = 0; file < other.size; file++) {
      add(other.raw(file), other.lengths[file], other.modified[file]);
    }
  }

  /** Returns a list of some of the files, in the given order. */
  FileList select(int[] files) {
    FileList some = new FileList(folder);
    for (int file : files) {
      some.add(raw(file), lengths[file], modified[file]);
    }
    return some;
  }

  /**
   * Adds the files below a subfolder, sorted by name. Hidden files, and files that desktops create,
   * are ignored.
   *
   * @param below the folder itself, or a folder below it
   * @param wanted whether to add a file; called once for each, in no particular order
   * @param progress gets the number of files found so far, now and then
   * @throws DataException if the folder cannot be read
   */
  void addAll(Path below, Predicate<Path> wanted, IntConsumer progress) {
    int first = size;
    try {
      Files.walkFileTree(
          below,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new Walk(below, wanted, progress));
    } catch (IOException e) {
      throw PictureFiles.unreadable(below, e);
    }
    sort(first);
  }

  private final class Walk extends SimpleFileVisitor<Path> {
    /** How many files are found between two calls of the listener. */
    private static final int STEP = 1000;

    private final Path root;
    private final Predicate<Path> wanted;
    private final IntConsumer progress;

    Walk(Path root, Predicate<Path> wanted, IntConsumer progress) {
      this.root = root;
      this.wanted = wanted;
      this.progress = progress;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.equals(root) || !FileNames.isOfDesktop(directory)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !FileNames.isOfDesktop(file) && wanted.test(file)) {
        add(rawName(file), attributes.size(), attributes.lastModifiedTime().toMillis());
        if (size % STEP == 0) {
          progress.accept(size);
        }
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private void add(String rawName, long length, long millis) {
    byte[] raw = rawName.getBytes(StandardCharsets.US_ASCII);
    int start = size == 0 ? 0 : ends[size - 1];
    int end = Math.addExact(start, raw.length);
    if (end > names.length) {
      names = Arrays.copyOf(names, larger(end));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, larger(size + 1));
      lengths = Arrays.copyOf(lengths, ends.length);
      modified = Arrays.copyOf(modified, ends.length);
    }
    System.arraycopy(raw, 0, names, start, raw.length);
    ends[size] = end;
    lengths[size] = length;
    modified[size] = millis;
    size++;
  }

  private static int larger(int needed) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, needed + (needed >> 1) + 1L);
  }

  /** Returns the name relative to the folder, as in a URI. */
  private String rawName(Path file) {
    Path relative = folder.relativize(file);
    StringBuilder raw = new StringBuilder();
    for (Path part : relative) {
      String name = part.toString();
      if (!FileNames.isPlain(name)) {
        return file.toUri().getRawPath().substring(folderUri.getRawPath().length());
      }
      raw.append(raw.isEmpty() ? "" : "/").append(name);
    }
    return raw.toString();
  }

  /** Sorts the files from the given one on by their names. */
  private void sort(int first) {
    int[] order = sorted(IntStream.range(first, size).toArray(), this::compare);
    byte[] newNames = new byte[size == 0 ? 0 : ends[size - 1]];
    int at = first == 0 ? 0 : ends[first - 1];
    System.arraycopy(names, 0, newNames, 0, at);
    int[] newEnds = Arrays.copyOf(ends, size);
    long[] newLengths = Arrays.copyOf(lengths, size);
    long[] newModified = Arrays.copyOf(modified, size);
    for (int i = 0; i < order.length; i++) {
      int from = start(order[i]);
      int length = ends[order[i]] - from;
      System.arraycopy(names, from, newNames, at, length);
      at += length;
      newEnds[first + i] = at;
      newLengths[first + i] = lengths[order[i]];
      newModified[first + i] = modified[order[i]];
    }
    names = newNames;
    ends = newEnds;
    lengths = newLengths;
    modified = newModified;
  }

  /** Compares the names of two files like strings. */
  private int compare(int a, int b) {
    int startA = start(a);
    int startB = start(b);
    int mismatch = Arrays.mismatch(names, startA, ends[a], names, startB, ends[b]);
    if (mismatch < 0) {
      return 0;
    }
    // A percent sign stands for another character, so compare the characters.
    return hasPercent(startA, ends[a]) || hasPercent(startB, ends[b])
        ? name(a).compareTo(name(b))
        : Arrays.compare(names, startA, ends[a], names, startB, ends[b]);
  }

  private boolean hasPercent(int from, int to) {
    for (int i = from; i < to; i++) {
      if (names[i] == '%') {
        return true;
      }
    }
    return false;
  }

  /** Returns the numbers of all files in the order of their names. */
  int[] byName() {
    return sorted(IntStream.range(0, size).toArray(), this::compare);
  }

  /** Returns numbers in the order of a comparator; equal ones stay in their order. */
  static int[] sorted(int[] numbers, Comparator<Integer> order) {
    return IntStream.of(numbers).boxed().sorted(order).mapToInt(Integer::intValue).toArray();
  }

  /** Returns the number of the first file in a sorted range whose name is not before this one. */
  int firstFrom(String name, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (name(middle).compareTo(name) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
