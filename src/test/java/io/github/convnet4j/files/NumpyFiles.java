package io.github.convnet4j.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes arrays as numpy does. */
public final class NumpyFiles {
  private NumpyFiles() {}

  /** Returns a file of version 1 with this header and these values. */
  static byte[] npy(int version, String header, byte[] values) {
    int sizeOfLength = version == 1 ? 2 : 4;
    int unpadded = 8 + sizeOfLength + header.length() + 1;
    String padded = header + " ".repeat((64 - unpadded % 64) % 64) + "\n";
    ByteBuffer file =
        ByteBuffer.allocate(8 + sizeOfLength + padded.length() + values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) padded.length());
    } else {
      file.putInt(padded.length());
    }
    return file.put(padded.getBytes(StandardCharsets.US_ASCII)).put(values).array();
  }

  /** Returns a file of version 1 with values in C order. */
  static byte[] npy(String type, byte[] values, long... shape) {
    return npy(1, header(type, false, shape), values);
  }

  static String header(String type, boolean fortran, long... shape) {
    String sizes =
        Arrays.stream(shape).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
    return "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
        .formatted(type, fortran ? "True" : "False", sizes);
  }

  /** Returns bytes as an array of uint8. */
  public static byte[] bytes(byte[] values, long... shape) {
    return npy("|u1", values, shape);
  }

  /** Returns integers as an array of int64. */
  public static byte[] integers(long[] values, long... shape) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asLongBuffer().put(values);
    return npy("<i8", buffer.array(), shape);
  }

  /** Returns floats as an array of float32. */
  public static byte[] floats(float[] values, long... shape) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return npy("<f4", buffer.array(), shape);
  }

  /** Writes an archive of arrays. */
  public static Path npz(Path file, Map<String, byte[]> arrays) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
        zip.closeEntry();
      }
    }
    return Files.write(file, bytes.toByteArray());
  }
}
