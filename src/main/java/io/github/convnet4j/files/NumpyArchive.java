package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.FileStamp;
import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.check.Missing;
import io.github.convnet4j.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;

/**
 * Several arrays with names in one file, as {@code np.savez("data.npz", images=…, labels=…)} or
 * {@code np.savez_compressed} has saved them. An array is read when it is asked for.
 */
public final class NumpyArchive {
  private static final String EXTENSION = ".npy";

  /** The largest size to which one deflated byte can expand: two bits can stand for 258 bytes. */
  private static final long LARGEST_INFLATION = 1032;

  private final Path file;
  private final FileStamp stamp;
  private final List<String> names;

  private NumpyArchive(Path file, FileStamp stamp, List<String> names) {
    this.file = file;
    this.stamp = stamp;
    this.names = names;
  }

  /**
   * Opens a file {@code .npz}, and lists its arrays.
   *
   * @throws DataException if the file cannot be read or is not in this format; the message names it
   */
  public static NumpyArchive of(Path file) {
    requireNonNull(file, "file");
    try (FileSystem zip = open(file);
        Stream<Path> entries = Files.walk(zip.getPath("/"))) {
      FileStamp stamp = FileStamp.beforeReading(file);
      List<String> names =
          entries
              .map(entry -> entry.toString().substring(1))
              .filter(name -> name.endsWith(EXTENSION))
              .map(name -> name.substring(0, name.length() - EXTENSION.length()))
              .sorted()
              .toList();
      if (names.isEmpty()) {
        throw new DataException(
            file
                + " holds no arrays: give a file that np.savez or np.savez_compressed has written");
      }
      names.forEach(name -> entry(zip, name));
      return new NumpyArchive(file, stamp, names);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(file, e);
    } catch (IllegalArgumentException e) { // A name with a zero, or not in UTF-8.
      throw new DataException(
          file + " is damaged, because the name of an array in it is not valid: get it again", e);
    }
  }

  private static Path entry(FileSystem zip, String name) {
    return zip.getPath("/" + name + EXTENSION);
  }

  private static FileSystem open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new DataException(Missing.sentence(file, "check the path"));
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException(file + " is not a file: give an NPZ file");
    }
    if (!Files.isReadable(file)) {
      throw new DataException(file + " cannot be read: check its permissions");
    }
    try {
      // Unlike a ZipFile, this opens names with characters that the locale's charset lacks.
      return FileSystems.newFileSystem(file);
    } catch (ZipException | ProviderNotFoundException e) {
      throw new DataException(
          file + " is not an NPZ file, or a damaged one: get it again, or save it with np.savez",
          e);
    }
  }

  private static DataException unreadable(Path file, Exception e) {
    IOException reason = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
    return new DataException("%s cannot be read: %s".formatted(file, IoReason.of(reason)), e);
  }

  /** Returns the names of the arrays, sorted. */
  public List<String> names() {
    return names;
  }

  /**
   * Reads an array.
   *
   * @param name one of the {@link #names}
   * @throws DataException if there is no such array, it is damaged, holds no numbers, does not fit
   *     into the heap, or the file has changed since it was opened
   */
  public NumpyArray read(String name) {
    requireNonNull(name, "name");
    String title = "%s: %s".formatted(file, name);
    if (!names.contains(name)) {
      throw new DataException(
          "%s holds no array %s: it has %s".formatted(file, name, String.join(", ", names)));
    }
    try (FileSystem zip = open(file)) {
      Path entry = entry(zip, name);
      Map<String, Object> attributes = Files.readAttributes(entry, "zip:size,compressedSize,crc");
      long size = (long) attributes.get("size");
      checkSize(size, (long) attributes.get("compressedSize"), title);
      CRC32 checksum = new CRC32();
      try (InputStream in = Files.newInputStream(entry)) {
        NumpyArray array = NumpyArray.read(new CheckedInputStream(in, checksum), title, size);
        if (checksum.getValue() != (long) attributes.get("crc")) {
          throw new DataException(
              title + " is damaged, because its checksum is wrong: get it again");
        }
        stamp.check();
        return array;
      } catch (ZipException e) {
        throw new DataException(
            "%s is damaged (%s): get it again".formatted(title, e.getMessage()), e);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Compares what the entry declares with what its compressed bytes can hold. */
  private static void checkSize(long size, long compressed, String title) {
    if (size < 0 || compressed < 0 || size / LARGEST_INFLATION > compressed) {
      throw new DataException(
          "%s is damaged, because it declares %d bytes, more than its %d compressed bytes can hold: get it again"
              .formatted(title, size, compressed));
    }
  }

  /** Returns the file and its arrays. */
  @Override
  public String toString() {
    return "NumpyArchive[%s: %s]".formatted(file, String.join(", ", names));
  }
}
