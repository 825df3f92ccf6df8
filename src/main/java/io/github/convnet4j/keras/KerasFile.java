package io.github.convnet4j.keras;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.data.DataException;
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
  private final Optional<Path> temporary;

  private KerasFile(String version, Optional<String> config, Hdf5 hdf5, Optional<Path> temporary) {
    this.version = version;
    this.config = config;
    this.hdf5 = hdf5;
    this.temporary = temporary;
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
      byte[] start = start(file);
      if (Arrays.equals(start, ZIP)) {
        return openZip(name, file);
      }
      if (Arrays.equals(start, HDF5)) {
        return openHdf5(name, file);
      }
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(name, IoReason.of(e)), e);
    } catch (NoClassDefFoundError e) {
      throw new DataException(name + ": " + MISSING, e);
    }
    throw new DataException(
        name + ": it must be a .keras or .h5 file, but is neither ZIP nor HDF5");
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ZIP.length);
    }
  }

  private static KerasFile openHdf5(String name, Path file) throws IOException {
    Hdf5 hdf5 = Hdf5.open(name, file, Files.size(file));
    try {
      return new KerasFile(
          hdf5.root().text("keras_version").orElse(""),
          hdf5.root().text("model_config"),
          hdf5,
          Optional.empty());
    } catch (DataException e) {
      hdf5.close();
      throw e;
    }
  }

  private static KerasFile openZip(String name, Path file) throws IOException {
    if (hasName(file)) {
      return openZip(name, file.toFile());
    }
    Path copy = Files.createTempFile("keras", ".zip");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      return openZip(name, copy.toFile());
    } finally {
      delete(copy);
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
      Path temporary = Files.createTempFile("keras", ".h5");
      try {
        long most = Math.max(ALWAYS_UNPACKED, MOST_UNPACKING * file.length());
        long bytes = unpack(name, zip, weights, temporary, most);
        Hdf5 hdf5 = Hdf5.open(name, temporary, bytes);
        return new KerasFile(version, Optional.of(config), hdf5, Optional.of(temporary));
      } catch (IOException | DataException e) {
        delete(temporary);
        throw e;
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new DataException("%s: its ZIP is damaged: %s".formatted(name, e.getMessage()), e);
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

  /** Copies a member to a file, and returns its size. */
  private static long unpack(String name, ZipFile zip, ZipEntry entry, Path to, long most)
      throws IOException {
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(to)) {
      byte[] buffer = new byte[1 << 16];
      long bytes = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
        if (bytes > most) {
          throw new DataException(
              "%s: %s unpacks to more than %d MB, which is too much for a file of this size"
                  .formatted(name, entry.getName(), most >> 20));
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
    temporary.ifPresent(KerasFile::delete);
  }

  /**
   * A file that cannot be deleted, as a mapped one on Windows, is deleted when the program ends.
   */
  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
