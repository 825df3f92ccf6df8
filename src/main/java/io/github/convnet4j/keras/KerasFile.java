package io.github.convnet4j.keras;

import io.github.convnet4j.check.FileStamp;
import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.store.TemporaryFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A file of Keras that is open: its configuration and its HDF5 part. */
final class KerasFile implements AutoCloseable {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};

  static final String CONFIG = "config.json";
  static final String METADATA = "metadata.json";
  static final String WEIGHTS = "model.weights.h5";

  static final String MISSING =
      "Keras files need a library that is optional: add io.jhdf:jhdf:0.11.0 to the dependencies of"
          + " your program";

  /** The largest known configuration, of a network of 800 layers, has 1 MB. */
  private static final int MOST_CONFIG = 64 << 20;

  /** Weights hardly shrink when they are packed, unless they are zeros; small files may. */
  private static final long MOST_UNPACKING = 20;

  private static final long ALWAYS_UNPACKED = 64 << 20;

  private final String version;
  private final Optional<String> config;
  private final Hdf5 hdf5;

  private KerasFile(String version, Optional<String> config, Hdf5 hdf5) {
    this.version = version;
    this.config = config;
    this.hdf5 = hdf5;
  }

  /**
   * Opens a file.
   *
   * @throws DataException if it is neither a ZIP with Keras' members nor HDF5, or the library that
   *     reads HDF5 is missing
   */
  static KerasFile open(Path file) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw new DataException(
          name
              + ": a Keras file must be a file, not a folder: a SavedModel cannot be read; in"
              + " Python, save the model with model.save(\"model.keras\")");
    }
    try {
      FileStamp stamp = FileStamp.beforeReading(file);
      byte[] start = start(file);
      Optional<KerasFile> opened = Optional.empty();
      if (Arrays.equals(start, ZIP)) {
        opened = Optional.of(openZip(name, file));
      } else if (Arrays.equals(start, HDF5)) {
        opened = Optional.of(openHdf5(name, file));
      }
      if (opened.isPresent()) {
        opened.get().checkUnchanged(stamp);
        return opened.get();
      }
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(name, IoReason.of(e)), e);
    } catch (NoClassDefFoundError e) {
      throw new DataException(name + ": " + MISSING, e);
    }
    throw new DataException(
        name + ": it must be a .keras or .h5 file, but is neither ZIP nor HDF5");
  }

  /** All that is read later is in memory, or in a copy. */
  private void checkUnchanged(FileStamp stamp) throws IOException {
    try {
      stamp.check();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ZIP.length);
    }
  }

  private static KerasFile openHdf5(String name, Path file) throws IOException {
    Hdf5 hdf5;
    try (InputStream in = Files.newInputStream(file)) {
      hdf5 = open(name, in, Long.MAX_VALUE);
    }
    try {
      return new KerasFile(
          hdf5.root().text("keras_version").orElse(""), hdf5.root().text("model_config"), hdf5);
    } catch (DataException e) {
      hdf5.close();
      throw e;
    }
  }

  private static KerasFile openZip(String name, Path file) throws IOException {
    if (hasName(file)) {
      return openZip(name, file.toFile());
    }
    try (TemporaryFile copy = TemporaryFile.in(temporaryFolder())) {
      Files.copy(file, copy.path(), StandardCopyOption.REPLACE_EXISTING);
      return openZip(name, copy.path().toFile());
    }
  }

  /**
   * Whether the JDK can open a ZIP file by its name. It cannot if the locale's character set lacks
   * a character, or if the file is in another file system, for example within a ZIP file.
   */
  private static boolean hasName(Path file) {
    return file.getFileSystem().equals(FileSystems.getDefault())
        && file.toFile().toPath().equals(file);
  }

  private static KerasFile openZip(String name, File file) throws IOException {
    try (ZipFile zip = new ZipFile(file)) {
      String config = text(name, zip, CONFIG).orElseThrow(() -> notKeras(name, CONFIG));
      String version =
          text(name, zip, METADATA)
              .map(text -> ConfigReader.parsed(name, text).path("keras_version").asText(""))
              .orElse("");
      ZipEntry weights = zip.getEntry(WEIGHTS);
      if (weights == null) {
        throw notKeras(name, WEIGHTS);
      }
      try (InputStream in = zip.getInputStream(weights)) {
        long most = Math.max(ALWAYS_UNPACKED, MOST_UNPACKING * file.length());
        return new KerasFile(version, Optional.of(config), open(name, in, most));
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new DataException("%s: its ZIP is damaged: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static Path temporaryFolder() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /**
   * Opens a copy of the HDF5 part. The library that reads it maps files into memory: if another
   * program truncated a mapped file, Java would throw an {@code InternalError} at some later
   * moment, where nobody can catch it. The copy is deleted while it is open, or, where the system
   * does not allow this, when it is closed.
   */
  private static Hdf5 open(String name, InputStream in, long most) throws IOException {
    TemporaryFile copy;
    try {
      copy = TemporaryFile.in(temporaryFolder());
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
    try {
      return Hdf5.open(name, copy, copy(name, in, copy.path(), most));
    } catch (IOException | RuntimeException | Error e) { // Such as a missing library.
      copy.close();
      throw e;
    }
  }

  private static DataException notKeras(String name, String member) {
    return new DataException(
        "%s: a .keras file must contain %s: there is none".formatted(name, member));
  }

  private static Optional<String> text(String name, ZipFile zip, String member) throws IOException {
    ZipEntry entry = zip.getEntry(member);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(MOST_CONFIG + 1);
      if (bytes.length > MOST_CONFIG) {
        throw new DataException(
            "%s: %s must have at most %d MB".formatted(name, member, MOST_CONFIG >> 20));
      }
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /** Copies a stream to a file, and returns its size. */
  private static long copy(String name, InputStream in, Path to, long most) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      byte[] buffer = new byte[1 << 16];
      long bytes = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
        if (bytes > most) {
          throw new DataException(
              "%s: %s unpacks to more than %d MB, which is too much for a file of this size"
                  .formatted(name, WEIGHTS, most >> 20));
        }
        out.write(buffer, 0, read);
      }
      return bytes;
    }
  }

  /** Returns the version of Keras; empty if the file does not say. */
  String version() {
    return version;
  }

  /** Returns the configuration of the model; empty if the file has only weights. */
  Optional<String> config() {
    return config;
  }

  Hdf5 hdf5() {
    return hdf5;
  }

  @Override
  public void close() {
    hdf5.close();
  }
}
