package io.github.convnet4j.keras;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.store.TemporaryFile;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.message.DataLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/**
 * An HDF5 file that may be damaged or hostile. Links to other places or files are not followed, and
 * nothing is read that is larger than the file.
 */
final class Hdf5 implements AutoCloseable {
  private final String name;
  private final long bytes;
  private final HdfFile file;

  /** Deletes the file, unless that has been done. */
  private final Runnable delete;

  private Hdf5(String name, long bytes, HdfFile file, Runnable delete) {
    this.name = name;
    this.bytes = bytes;
    this.file = file;
    this.delete = delete;
  }

  /**
   * Opens a file, and deletes it: at once if the system can delete open files, and otherwise when
   * it is closed.
   *
   * @param name what it is called in messages
   * @param copy the file, which no other program changes
   * @param bytes its size
   */
  static Hdf5 open(String name, TemporaryFile copy, long bytes) {
    HdfFile file = guarded(name, () -> new HdfFile(copy.path()));
    try {
      copy.close();
      return new Hdf5(name, bytes, file, () -> {});
    } catch (StoreException e) {
      return new Hdf5(name, bytes, file, copy::close);
    }
  }

  /** A group. */
  final class Folder {
    private final Group group;

    private Folder(Group group) {
      this.group = group;
    }

    /** Returns the path within the file. */
    String path() {
      return group.getPath();
    }

    /** Returns the last part of the path. */
    String name() {
      return group.getName();
    }

    /** Returns the names of its groups and data sets. */
    List<String> names() {
      return guarded(name, () -> List.copyOf(group.getChildren().keySet()));
    }

    /** Returns a group within this one. */
    Optional<Folder> folder(String child) {
      return child(child).filter(Group.class::isInstance).map(node -> new Folder((Group) node));
    }

    /** Returns a group at a path of names with slashes between them. */
    Optional<Folder> folderAt(String path) {
      Optional<Folder> folder = Optional.of(this);
      for (String part : path.split("/", -1)) {
        folder = folder.flatMap(found -> found.folder(part));
      }
      return folder;
    }

    /** Returns a data set at a path of names with slashes between them. */
    Optional<StoredArray> array(String path) {
      int end = path.lastIndexOf('/');
      Optional<Folder> folder = end < 0 ? Optional.of(this) : folderAt(path.substring(0, end));
      return folder
          .flatMap(found -> found.child(path.substring(end + 1)))
          .filter(Dataset.class::isInstance)
          .map(node -> new Array((Dataset) node));
    }

    private Optional<Node> child(String child) {
      return guarded(
          name,
          () -> {
            Node node = group.getChildren().get(child);
            if (node != null && node.isLink()) {
              throw damaged("%s is a link".formatted(node.getPath()));
            }
            return Optional.ofNullable(node);
          });
    }

    /** Returns an attribute that is a text. */
    Optional<String> text(String attribute) {
      return attribute(attribute).filter(String.class::isInstance).map(String.class::cast);
    }

    /**
     * Returns an attribute that is a list of texts. Keras splits long ones: {@code names0}, {@code
     * names1}, …
     */
    Optional<List<String>> texts(String attribute) {
      Optional<List<String>> whole = list(attribute);
      if (whole.isPresent() || attribute(attribute + 0).isEmpty()) {
        return whole;
      }
      List<String> texts = new ArrayList<>();
      for (int part = 0; ; part++) {
        Optional<List<String>> more = list(attribute + part);
        if (more.isEmpty()) {
          return Optional.of(texts);
        }
        texts.addAll(more.get());
      }
    }

    private Optional<List<String>> list(String attribute) {
      return attribute(attribute)
          .filter(value -> value instanceof String[] || value instanceof String)
          .map(value -> value instanceof String[] texts ? List.of(texts) : List.of((String) value));
    }

    private Optional<Object> attribute(String attribute) {
      return guarded(
          name,
          () -> {
            Attribute found = group.getAttribute(attribute);
            if (found == null || found.isEmpty() || found.getSize() == 0) {
              return Optional.empty();
            }
            checkSize(attribute, found.getSizeInBytes());
            return Optional.ofNullable(found.getData());
          });
    }
  }

  private final class Array implements StoredArray {
    private final Dataset dataset;

    private Array(Dataset dataset) {
      this.dataset = dataset;
    }

    @Override
    public String path() {
      return dataset.getPath();
    }

    @Override
    public Shape shape() {
      return guarded(
          name,
          () -> {
            long[] sizes = new long[dataset.getDimensions().length];
            for (int i = 0; i < sizes.length; i++) {
              sizes[i] = dataset.getDimensions()[i];
            }
            return Shape.of(sizes);
          });
    }

    @Override
    public float[] values() {
      return guarded(name, this::read);
    }

    private float[] read() {
      checkSize(path(), dataset.getSizeInBytes());
      if (dataset.getDataLayout() == DataLayout.CHUNKED || !dataset.getFilters().isEmpty()) {
        throw damaged("%s is stored in chunks, which Keras never does".formatted(path()));
      }
      Object data = dataset.isScalar() ? dataset.getData() : dataset.getDataFlat();
      if (data instanceof float[] floats) {
        return floats;
      }
      if (data instanceof Float number) {
        return new float[] {number};
      }
      if (data instanceof double[] doubles) {
        float[] floats = new float[doubles.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) doubles[i];
        }
        return floats;
      }
      throw new DataException(
          "%s: %s must hold numbers of type float32 or float64: %s"
              .formatted(name, path(), dataset.getJavaType()));
    }
  }

  /** Returns the outermost group. */
  Folder root() {
    return new Folder(file);
  }

  private void checkSize(String what, long size) {
    if (size < 0 || size > bytes) {
      throw damaged(
          "%s claims to have %,d bytes, but the file has %,d".formatted(what, size, bytes));
    }
  }

  private DataException damaged(String what) {
    return damaged(name, what, null);
  }

  private static DataException damaged(String name, String what, Throwable cause) {
    return new DataException(
        "%s: the file is damaged: %s; get it again, or save it again with Keras"
            .formatted(name, what),
        cause);
  }

  /**
   * Runs a read. The library that reads HDF5 throws exceptions of many kinds when a file is
   * damaged, and may run out of memory or stack.
   */
  private static <T> T guarded(String name, Supplier<T> read) {
    try {
      return read.get();
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw damaged(name, "its HDF5 structure cannot be read (%s)".formatted(reason), e);
    }
  }

  @Override
  public void close() {
    file.close();
    delete.run();
  }
}
