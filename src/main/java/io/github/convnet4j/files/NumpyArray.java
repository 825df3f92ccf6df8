package io.github.convnet4j.files;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.check.FileStamp;
import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.HeapLimit;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.layout.DataLayouts;

/**
 * An array that numpy has saved: {@code np.save("images.npy", images)}. Immutable.
 *
 * <p>Versions 1 to 3 of the format are read, in either byte order and in C or Fortran order. Arrays
 * of Python objects (pickles), structures, strings, dates and complex numbers are refused.
 *
 * @see NumpyArchive for several arrays in one file
 */
public final class NumpyArray {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** The limit that numpy sets for headers. */
  private static final int LONGEST_HEADER = 10_000;

  private static final int BUFFER = 1 << 16;

  private final Type type;
  private final ByteOrder order;
  private final long[] sizes;
  private final byte[] raw; // in C order

  private NumpyArray(Type type, ByteOrder order, long[] sizes, byte[] raw) {
    this.type = type;
    this.order = order;
    this.sizes = sizes;
    this.raw = raw;
  }

  /** The type of an array's values, as numpy names it. */
  public enum Type {
    /** 0 or 1. */
    BOOL("b1"),
    /** Unsigned integers of 8 bits, as in pictures. */
    UINT8("u1"),
    /** Unsigned integers of 16 bits. */
    UINT16("u2"),
    /** Unsigned integers of 32 bits. */
    UINT32("u4"),
    /** Unsigned integers of 64 bits. */
    UINT64("u8"),
    /** Signed integers of 8 bits. */
    INT8("i1"),
    /** Signed integers of 16 bits. */
    INT16("i2"),
    /** Signed integers of 32 bits. */
    INT32("i4"),
    /** Signed integers of 64 bits. */
    INT64("i8"),
    /** Floating-point numbers of 16 bits. */
    FLOAT16("f2"),
    /** Floating-point numbers of 32 bits. */
    FLOAT32("f4"),
    /** Floating-point numbers of 64 bits. */
    FLOAT64("f8");

    private final String code;

    /**
     * A type.
     *
     * @param code numpy's letter and the number of bytes
     */
    Type(String code) {
      this.code = code;
    }

    private int bytes() {
      return code.charAt(1) - '0';
    }

    /** Whether every value is an integer. */
    public boolean isInteger() {
      return code.charAt(0) != 'f';
    }

    private static Optional<Type> of(String code) {
      String known = code.equals("?") ? "b1" : code;
      return Arrays.stream(values()).filter(type -> type.code.equals(known)).findFirst();
    }
  }

  /**
   * Reads a file {@code .npy}.
   *
   * @throws DataException if the file cannot be read, is not in this format, holds fewer or more
   *     values than its header declares, holds values that are not numbers, or does not fit into
   *     the heap; the message names the file
   */
  public static NumpyArray read(Path file) {
    requireNonNull(file, "file");
    try (InputStream in = Files.newInputStream(file)) {
      FileStamp stamp = FileStamp.beforeReading(file);
      NumpyArray read = read(in, file.toString(), stamp.length());
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

  /**
   * Reads a whole stream.
   *
   * @param name what messages call it
   * @param bytes how many bytes it holds
   */
  static NumpyArray read(InputStream stream, String name, long bytes) throws IOException {
    // Small reads are buffered here. A large read from a file would allocate a native buffer of its
    // size, which is never freed.
    DataInputStream in = new DataInputStream(new BufferedInputStream(stream, BUFFER));
    try {
      Header header = Header.read(in, name);
      long declared = header.count(name) * header.type().bytes();
      long holds = bytes - header.length();
      if (declared != holds) {
        throw new DataException(
            "%s is %s, because its header declares %s and it holds %d bytes of values instead of %d: get it again"
                .formatted(
                    name,
                    declared > holds ? "truncated" : "damaged",
                    header.describe(),
                    holds,
                    declared));
      }
      byte[] raw =
          HeapLimit.ofProcess()
              .allocate(
                  "%s: its %s".formatted(name, header.describe()), declared, "give fewer images");
      header.fill(raw, in);
      if (in.read() != -1) {
        throw new DataException(
            "%s holds more than the %s that its header declares: get it again"
                .formatted(name, header.describe()));
      }
      return new NumpyArray(header.type(), header.order(), header.sizes(), raw);
    } catch (EOFException e) {
      throw new DataException(name + " is truncated: get it again", e);
    }
  }

  /**
   * What a file says about its values.
   *
   * @param length of the header with all that precedes it, in bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // Headers are never compared.
  private record Header(Type type, ByteOrder order, boolean fortran, long[] sizes, long length) {
    private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");

    /** Of at most 64 sizes, as numpy has. Each ends at a comma or at the end, so none is split. */
    private static final Pattern SHAPE =
        Pattern.compile("'shape'\\s*:\\s*\\(\\s*((?:\\d{1,18}L?\\s*(?:,\\s*|(?=\\)))){0,64}+)\\)");

    static Header read(DataInputStream in, String name) throws IOException {
      byte[] magic = in.readNBytes(MAGIC.length);
      if (!Arrays.equals(magic, MAGIC)) {
        throw new DataException(
            "%s is not an NPY file, because it does not start with \\x93NUMPY: give an array that np.save has written"
                .formatted(name));
      }
      int version = in.readUnsignedByte();
      in.readUnsignedByte(); // the minor version, always 0
      if (version < 1 || version > 3) {
        throw new DataException(
            "%s has version %d of the NPY format: versions 1 to 3 are supported"
                .formatted(name, version));
      }
      int sizeOfLength = version == 1 ? Short.BYTES : Integer.BYTES;
      long length =
          version == 1
              ? Short.toUnsignedLong(Short.reverseBytes(in.readShort()))
              : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
      if (length > LONGEST_HEADER) {
        throw new DataException(
            "%s is damaged, because its header is to have %d characters: get it again"
                .formatted(name, length));
      }
      byte[] text = new byte[(int) length];
      in.readFully(text);
      return parse(
          new String(text, StandardCharsets.UTF_8), name, MAGIC.length + 2 + sizeOfLength + length);
    }

    private static Header parse(String text, String name, long length) {
      Matcher description = DESCRIPTION.matcher(text);
      Matcher fortran = FORTRAN.matcher(text);
      Matcher shape = SHAPE.matcher(text);
      if (!fortran.find() || !shape.find()) {
        throw new DataException(
            "%s has a damaged header: %s: get it again".formatted(name, text.strip()));
      }
      if (!description.find()) {
        throw new DataException(
            "%s holds structures with several fields: save each field as an array of its own"
                .formatted(name));
      }
      String descr = description.group(1);
      String code =
          descr.isEmpty() || "<>|=".indexOf(descr.charAt(0)) < 0 ? descr : descr.substring(1);
      if (code.startsWith("O")) {
        throw new DataException(
            "%s holds Python objects (a pickle), which are not read because they could run any code: save an array of numbers of one shape"
                .formatted(name));
      }
      Type type =
          Type.of(code)
              .orElseThrow(
                  () ->
                      new DataException(
                          "%s holds values of type %s: save integers, floats of 16, 32 or 64 bits, or booleans"
                              .formatted(name, descr)));
      long[] sizes =
          Arrays.stream(shape.group(1).split(",", -1))
              .map(size -> size.replace("L", "").strip()) // Python 2 writes 3L
              .filter(size -> !size.isEmpty())
              .mapToLong(Long::parseLong)
              .toArray();
      return new Header(
          type,
          descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
          fortran.group(1).equals("True"),
          sizes,
          length);
    }

    /** Returns the number of values, which an array of bytes can hold. */
    long count(String name) {
      long count = 1;
      for (int axis = 0; axis < sizes.length; axis++) {
        if (sizes[axis] == 0) {
          throw new DataException(
              "%s is empty: the size of its dimension %d is 0".formatted(name, axis));
        }
        // Both factors are positive; the first is below 2^31 and the second below 2^60.
        if (sizes[axis] > HeapLimit.LARGEST_ARRAY
            || count * sizes[axis] * type.bytes() > HeapLimit.LARGEST_ARRAY) {
          throw new DataException(
              "%s declares %s, more than the %d bytes that an array can hold: give fewer images"
                  .formatted(name, describe(), HeapLimit.LARGEST_ARRAY));
        }
        count *= sizes[axis];
      }
      return count;
    }

    String describe() {
      return "%s values of type %s".formatted(NumpyArray.describe(sizes), NumpyArray.name(type));
    }

    /** Reads the values, and puts them into C order. */
    void fill(byte[] raw, DataInputStream in) throws IOException {
      if (!fortran || sizes.length < 2) {
        for (int done = 0; done < raw.length; done += BUFFER) {
          in.readFully(raw, done, Math.min(BUFFER, raw.length - done));
        }
        return;
      }
      int[] steps = new int[sizes.length]; // the distance of neighbors along each axis, in bytes
      int step = type.bytes();
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        steps[axis] = step;
        step *= (int) sizes[axis];
      }
      long[] index = new long[sizes.length];
      int at = 0;
      for (int done = 0; done < raw.length; done += type.bytes()) {
        in.readFully(raw, at, type.bytes());
        // Moves on to the next value, along the first axis first.
        for (int axis = 0; axis < sizes.length; axis++) {
          at += steps[axis];
          if (++index[axis] < sizes[axis]) {
            break;
          }
          at -= steps[axis] * (int) sizes[axis];
          index[axis] = 0;
        }
      }
    }
  }

  private static String name(Type type) {
    return type.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String describe(long[] sizes) {
    return sizes.length == 0
        ? "1"
        : Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }

  /** Returns the type of the values. */
  public Type type() {
    return type;
  }

  /** Returns the shape: {@code [60000, 28, 28]}. Each size is at least 1. */
  public Shape shape() {
    return Shape.of(sizes);
  }

  /** Number of values, at least 1. */
  public int size() {
    return raw.length / type.bytes();
  }

  /**
   * Returns the values as unsigned bytes, in C order. Only for {@link Type#UINT8} and {@link
   * Type#BOOL}.
   *
   * @throws IllegalStateException for another type
   */
  public byte[] bytes() {
    return sharedBytes().clone();
  }

  /** Returns the values as {@link #bytes}, without a copy. */
  byte[] sharedBytes() {
    if (type != Type.UINT8 && type != Type.BOOL) {
      throw new IllegalStateException("type must be UINT8 or BOOL: " + type);
    }
    return raw;
  }

  /** Returns the values rounded to floats, in C order. */
  public float[] floats() {
    float[] values = new float[size()];
    if (type == Type.FLOAT32) {
      buffer().asFloatBuffer().get(values);
    } else if (type == Type.FLOAT16) {
      short[] bits = new short[values.length];
      buffer().asShortBuffer().get(bits);
      DataLayouts.FLOAT16.applyTo(DataBuffers.of(bits, true, false)).read(values);
    } else {
      Reader reader = reader();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) reader.value(i);
      }
    }
    return values;
  }

  /**
   * Returns the values as integers, in C order.
   *
   * @throws DataException if a value is not an integer, or out of the range of an {@code int}
   */
  public int[] integers() {
    int[] values = new int[size()];
    float[] floats = type == Type.FLOAT16 ? floats() : new float[0];
    Reader reader = type == Type.FLOAT16 ? i -> floats[i] : reader();
    for (int i = 0; i < values.length; i++) {
      double value = reader.value(i);
      if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
        throw new DataException("value %d must be an integer: %s".formatted(i, value));
      }
      values[i] = (int) value;
    }
    return values;
  }

  private interface Reader {
    double value(int index);
  }

  private ByteBuffer buffer() {
    return ByteBuffer.wrap(raw).order(order);
  }

  private Reader reader() {
    ByteBuffer buffer = buffer();
    return switch (type) {
      case BOOL -> i -> raw[i] == 0 ? 0 : 1;
      case UINT8 -> i -> raw[i] & 0xff;
      case INT8 -> i -> raw[i];
      case UINT16 -> i -> Short.toUnsignedInt(buffer.getShort(2 * i));
      case INT16 -> i -> buffer.getShort(2 * i);
      case UINT32 -> i -> Integer.toUnsignedLong(buffer.getInt(4 * i));
      case INT32 -> i -> buffer.getInt(4 * i);
      case UINT64 -> i -> unsigned(buffer.getLong(8 * i));
      case INT64 -> i -> buffer.getLong(8 * i);
      case FLOAT32 -> i -> buffer.getFloat(4 * i);
      case FLOAT64 -> i -> buffer.getDouble(8 * i);
      case FLOAT16 -> throw new AssertionError("halves are converted together");
    };
  }

  private static double unsigned(long bits) {
    // The high half is exact in a double, and the sum is rounded once.
    return (bits >>> 32) * 0x1p32 + (bits & 0xffffffffL);
  }

  /** Returns shape and type: {@code NumpyArray[60000x28x28, uint8]}. */
  @Override
  public String toString() {
    return "NumpyArray[%s, %s]".formatted(describe(sizes), name(type));
  }
}
