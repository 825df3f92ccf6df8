package io.github.convnet4j.bench.growth;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the bundled digits, repeated and enlarged, as four files with the names of MNIST's. */
final class DigitFiles {
  private static final int IDX_BYTES = 0x0800;
  private static final int TEST_IMAGES = 1;

  private DigitFiles() {}

  /**
   * Writes the files. When they are read, the first twelfth of the training images is for
   * validation.
   */
  static void write(Path folder, int side, int images) throws IOException {
    DataSet digits = BundledDigits.read().train();
    byte[][] enlarged = new byte[digits.size()][];
    write(folder, "train", digits, enlarged, side, images);
    write(folder, "t10k", digits, enlarged, side, TEST_IMAGES);
  }

  private static void write(
      Path folder, String name, DataSet digits, byte[][] enlarged, int side, int images)
      throws IOException {
    try (DataOutputStream out = open(folder.resolve(name + "-images-idx3-ubyte"))) {
      header(out, images, side, side);
      for (int i = 0; i < images; i++) {
        int digit = i % digits.size();
        if (enlarged[digit] == null) {
          enlarged[digit] = enlarge(digits, digit, side);
        }
        out.write(enlarged[digit]);
      }
    }
    try (DataOutputStream out = open(folder.resolve(name + "-labels-idx1-ubyte"))) {
      header(out, images);
      for (int i = 0; i < images; i++) {
        out.writeByte(digits.label(i % digits.size()));
      }
    }
  }

  /** Enlarges an image by repeating its pixels. */
  private static byte[] enlarge(DataSet digits, int index, int side) {
    byte[] image = digits.image(index);
    byte[] pixels = new byte[side * side];
    for (int p = 0; p < pixels.length; p++) {
      int row = p / side * digits.height() / side;
      int column = p % side * digits.width() / side;
      pixels[p] = image[row * digits.width() + column];
    }
    return pixels;
  }

  private static DataOutputStream open(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
  }

  private static void header(DataOutputStream out, int... shape) throws IOException {
    out.writeInt(IDX_BYTES | shape.length);
    for (int size : shape) {
      out.writeInt(size);
    }
  }
}
