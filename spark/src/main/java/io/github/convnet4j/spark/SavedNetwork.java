package io.github.convnet4j.spark;

import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelJson;
import io.github.convnet4j.train.SessionOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;

/** The files of a saved model as one value, which Spark carries to the executors. Immutable. */
final class SavedNetwork implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] zip;
  private final String hash;
  private final String[] classNames;

  private SavedNetwork(byte[] zip, List<String> classNames) {
    this.zip = zip;
    this.hash = HexFormat.of().formatHex(sha256().digest(zip));
    this.classNames = classNames.toArray(String[]::new);
  }

  /** Returns Java's SHA-256, which every Java platform has. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the files that a model would be saved in. */
  static SavedNetwork of(Model<Prediction> model) {
    return inTemporaryFolder(
        folder -> {
          model.save(folder);
          return new SavedNetwork(zip(folder), model.classNames());
        });
  }

  /**
   * Reads a folder with a saved model.
   *
   * @throws StoreException if it holds no model, or one that does not predict classes
   */
  static SavedNetwork of(Path folder) {
    List<String> classNames;
    try (Model<Prediction> model = Model.load(folder, Prediction.class)) {
      classNames = model.classNames();
    }
    try {
      return new SavedNetwork(zip(folder), classNames);
    } catch (IOException e) {
      throw new StoreException("cannot read %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * Reads a folder with a saved model from any file system that Hadoop knows.
   *
   * @throws StoreException if it holds no model, or one that does not predict classes
   */
  static SavedNetwork read(String path, Configuration hadoop) {
    org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(path);
    return inTemporaryFolder(
        folder -> {
          FileSystem files = from.getFileSystem(hadoop);
          if (!files.exists(from)) {
            throw new StoreException("there is no saved model at " + path);
          }
          for (var status : files.listStatus(from)) {
            if (status.isFile()) {
              try (FSDataInputStream in = files.open(status.getPath())) {
                Files.copy(in, folder.resolve(status.getPath().getName()));
              }
            }
          }
          return of(folder);
        });
  }

  /** Writes the files to a new folder, from which the library can load the model as well. */
  void write(String path, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path to = new org.apache.hadoop.fs.Path(path);
    FileSystem files = to.getFileSystem(hadoop);
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        try (FSDataOutputStream out =
            files.create(new org.apache.hadoop.fs.Path(to, entry.getName()))) {
          in.transferTo(out);
        }
      }
    }
  }

  /** Returns the model; it must be closed. */
  Model<Prediction> load(SessionOptions session) {
    return inTemporaryFolder(
        folder -> {
          try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
              Files.copy(in, folder.resolve(entry.getName()));
            }
          }
          // What it has not read yet stays readable when the folder is deleted.
          return Model.load(folder, Prediction.class, ModelJson.standard(), session);
        });
  }

  /** Returns a name for the content: models with the same name are the same. */
  String hash() {
    return hash;
  }

  List<String> classNames() {
    return List.of(classNames);
  }

  /** Returns the size in bytes. */
  int bytes() {
    return zip.length;
  }

  private static byte[] zip(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes);
        Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        ZipEntry entry = new ZipEntry(file.getFileName().toString());
        // The same model gives the same bytes.
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        out.putNextEntry(entry);
        Files.copy(file, out);
      }
    }
    return bytes.toByteArray();
  }

  private interface InFolder<T> {
    T run(Path folder) throws IOException;
  }

  private static <T> T inTemporaryFolder(InFolder<T> action) {
    try {
      Path folder = Files.createTempDirectory("convnet4j");
      try {
        return action.run(folder);
      } finally {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
            Files.delete(file);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
