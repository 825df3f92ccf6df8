package io.github.convnet4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.tensorflow.ndarray.Shape;

/**
 * The 1,797 digits in the library's jar: 8x8 pixels from 0 (paper) to 16 (ink). {@code
 * src/test/python/make_digits.py} created the files.
 */
final class EmbeddedDigits {
  private static final String IMAGES = "digits-images-idx3-ubyte.gz";
  private static final String LABELS = "digits-labels-idx1-ubyte.gz";
  private static final int INK = 16;
  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  /** The share of MNIST's test images, 10,000 of 70,000: 1,797 / 7, rounded. */
  private static final int TEST = 257;

  private EmbeddedDigits() {}

  static DataSets read() {
    DataSet all = scaled(LabelledImages.of(IMAGES, resource(IMAGES), LABELS, resource(LABELS)));
    return DataSets.split(
        all.subset(0, all.size() - TEST),
        all.subset(all.size() - TEST, all.size()),
        "the 1,797 bundled UCI digits, not MNIST");
  }

  private static DataSet scaled(LabelledImages digits) {
    DataSet small = digits.dataSet(CLASSES);
    byte[] pixels = new byte[small.size() * SIDE * SIDE];
    for (int i = 0; i < small.size(); i++) {
      byte[] image = BilinearScale.scale(small.image(i), small.height(), INK, SIDE);
      System.arraycopy(image, 0, pixels, i * image.length, image.length);
    }
    return DataSet.wrap(pixels, small.labels(), Shape.of(SIDE, SIDE, 1), CLASSES);
  }

  private static Idx resource(String name) {
    try (InputStream in = EmbeddedDigits.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the library's jar");
      }
      return Idx.read(in, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
