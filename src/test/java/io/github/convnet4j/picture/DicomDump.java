package io.github.convnet4j.picture;

import io.github.convnet4j.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes the values and the pictures of DICOM files, for {@code compare_dicom.py}. */
final class DicomDump {
  private DicomDump() {}

  /**
   * Reads the files {@code .dcm} in a folder, and prints why some cannot be read.
   *
   * @param args the folder, and another one to write to
   */
  public static void main(String[] args) throws IOException {
    Path out = Files.createDirectories(Path.of(args[1]));
    try (Stream<Path> all = Files.list(Path.of(args[0]))) {
      List<Path> files = all.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
      for (Path file : files) {
        try {
          DicomSlice slice = DicomSlice.read(file);
          float[] values = slice.values();
          ByteBuffer bytes =
              ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
          bytes.asFloatBuffer().put(values);
          Files.write(out.resolve(file.getFileName() + ".values"), bytes.array());
          Files.write(out.resolve(file.getFileName() + ".grey"), slice.picture().pixels());
        } catch (DataException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
