package io.github.convnet4j.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small IDX files for tests. */
final class TinyIdx {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private TinyIdx() {}

  /**
   * Returns a header of unsigned bytes with the given shape, followed by the values, whether or not
   * they match it.
   */
  static byte[] uint8(int[] shape, byte... values) {
    return file(0x08, shape, values);
  }

  static byte[] file(int type, int[] shape, byte... values) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
    file.put((byte) 0).put((byte) 0).put((byte) type).put((byte) shape.length);
    for (int size : shape) {
      file.putInt(size);
    }
    return file.put(values).array();
  }

  /** Returns images in which every pixel is the number of the image. */
  static byte[] images(int count, int height, int width) {
    byte[] pixels = new byte[count * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / (height * width));
    }
    return uint8(new int[] {count, height, width}, pixels);
  }

  static byte[] labels(int... labels) {
    byte[] values = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = (byte) labels[i];
    }
    return uint8(new int[] {labels.length}, values);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  static Path write(Path folder, String name, byte[] content) {
    try {
      Files.createDirectories(folder);
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes four plain files: 4 training images of 2x3 with labels 0, 1, 2, 3, and 2 test images
   * with labels 3, 0.
   */
  static Path dataSet(Path folder) {
    write(folder, TRAIN_IMAGES, images(4, 2, 3));
    write(folder, TRAIN_LABELS, labels(0, 1, 2, 3));
    write(folder, TEST_IMAGES, images(2, 2, 3));
    write(folder, TEST_LABELS, labels(3, 0));
    return folder;
  }
}
