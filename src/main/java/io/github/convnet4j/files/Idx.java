package io.github.convnet4j.files;

import io.github.convnet4j.check.FileStamp;
import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapLimit;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An array of unsigned bytes from an IDX file, the format of MNIST's files. Such a file has two
 * zero bytes, the type of the values, the number of dimensions, the size of each dimension in four
 * bytes, and then the values; see {@code http://yann.lecun.com/exdb/mnist/}.
 *
 * <p>A file that is compressed with gzip is recognized by its first two bytes, whatever its name.
 */
public final class Idx {
  private static final int UINT8 = 0x08;
  private static final Map<Integer, String> OTHER_TYPES =
      Map.of(0x09, "int8", 0x0B, "int16", 0x0C, "int32", 0x0D, "float32", 0x0E, "float64");

  /** The largest size to which one deflated byte can expand: two bits can stand for 258 bytes. */
  private static final long LARGEST_INFLATION = 1032;

  private static final int BUFFER = 1 << 16;

  private final int[] shape;
  private final byte[] values;

  private Idx(int[] shape, byte[] values) {
    this.shape = shape;
    this.values = values;
  }

  /**
   * Reads a file, compressed or not.
   *
   * @throws DataException if the file cannot be read, is not IDX, holds values that are not
   *     unsigned bytes, holds fewer or more values than its header declares, or does not fit into
   *     the heap
   */
  public static Idx read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      FileStamp stamp = FileStamp.beforeReading(file);
      Idx read = read(in, file.toString(), stamp.length());
      stamp.check();
      return read;
    } catch (NoSuchFileException e) {
      throw new DataException(file + " does not exist: check the path", e);
    } catch (AccessDeniedException e) {
      throw new DataException(file + " cannot be read: check its permissions", e);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s".formatted(file, IoReason.of(e)), e);
    }
  }

  /** Reads a whole stream, which messages call {@code name}. */
  static Idx read(InputStream stream, String name) throws IOException {
    return read(stream, name, Long.MAX_VALUE / LARGEST_INFLATION);
  }

  /** Reads a whole stream of at most {@code bytes} bytes. */
  private static Idx read(InputStream stream, String name, long bytes) throws IOException {
    BufferedInputStream in = new BufferedInputStream(stream, BUFFER);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    try {
      return gzip
          ? parse(new GZIPInputStream(in, BUFFER), name, true, bytes * LARGEST_INFLATION)
          : parse(in, name, false, bytes);
    } catch (EOFException e) {
      throw new DataException(name + " is truncated: get it again", e);
    } catch (ZipException e) {
      throw new DataException(
          "%s is damaged (%s): get it again".formatted(name, e.getMessage()), e);
    }
  }

  private static Idx parse(InputStream in, String name, boolean gzip, long canHold)
      throws IOException {
    DataInputStream header = new DataInputStream(in);
    int magic = header.readInt();
    int type = magic >>> 8;
    int rank = magic & 0xff;
    if (type > 0xff && !gzip && name.endsWith(".gz")) {
      throw new DataException(
          "%s is neither gzip nor plain IDX, because it starts with 0x%08x: get it again"
              .formatted(name, magic));
    }
    if (OTHER_TYPES.containsKey(type)) {
      throw new DataException(
          "%s holds %s values (IDX type 0x%02X): convert them to uint8 (0x08), the type of images"
                  .formatted(name, OTHER_TYPES.get(type), type)
              + " and labels");
    }
    if (type != UINT8 || rank == 0) {
      throw new DataException(
          ("%s has the wrong magic number 0x%08x: an IDX file of images starts with 0x00000803, one"
                  + " of labels with 0x00000801")
              .formatted(name, magic));
    }
    int[] shape = new int[rank];
    int length = readShape(header, shape, name);
    if (length > canHold) {
      // Counts the rest without storing it, so that a wrong header costs no memory.
      throw cutShort(name, shape, in.transferTo(OutputStream.nullOutputStream()));
    }
    byte[] values =
        HeapLimit.ofProcess()
            .allocate(
                "%s: its %s values".formatted(name, describe(shape)), length, "give fewer images");
    int read = fill(values, in);
    if (read < length) {
      throw cutShort(name, shape, read);
    }
    if (in.read() != -1) {
      throw new DataException(
          "%s holds more than the %s values that its header declares: get it again"
              .formatted(name, describe(shape)));
    }
    return new Idx(shape, values);
  }

  private static DataException cutShort(String name, int[] shape, long holds) {
    return new DataException(
        "%s is truncated, because its header declares %s values and it holds %d: get it again"
            .formatted(name, describe(shape), holds));
  }

  /** Reads values, and returns how many there were, at most the array's length. */
  private static int fill(byte[] values, InputStream in) throws IOException {
    int done = 0;
    int read = 0;
    while (done < values.length && read != -1) {
      // Reading all at once would allocate a native buffer of that size, which is never freed.
      read = in.read(values, done, Math.min(values.length - done, BUFFER));
      done += Math.max(read, 0);
    }
    return done;
  }

  /** Fills in the shape and returns how many values an array of it holds. */
  private static int readShape(DataInputStream header, int[] shape, String name)
      throws IOException {
    long length = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      long size = Integer.toUnsignedLong(header.readInt());
      if (size == 0) {
        throw new DataException(
            "%s is empty: the size of its dimension %d is 0".formatted(name, axis));
      }
      // The first factor is below 2^31 and the second below 2^32, so the product fits into a long.
      length *= size;
      if (length > HeapLimit.LARGEST_ARRAY) {
        throw new DataException(
            "%s declares at least %d values, more than the %d that an array can hold: give fewer images"
                .formatted(name, length, HeapLimit.LARGEST_ARRAY));
      }
      shape[axis] = (int) size;
    }
    return (int) length;
  }

  private static String describe(int[] shape) {
    return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }

  /** Number of dimensions: 1 for labels, 3 for gray images. */
  public int rank() {
    return shape.length;
  }

  /** Size of a dimension, from 0 to {@code rank() - 1}; at least 1. */
  public int size(int axis) {
    return shape[axis];
  }

  /** Returns the values, unsigned, row by row. This is the array itself, not a copy. */
  public byte[] values() {
    return values;
  }
}
