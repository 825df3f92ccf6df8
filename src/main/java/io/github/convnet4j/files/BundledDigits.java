package io.github.convnet4j.files;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.tensorflow.ndarray.Shape;

/**
 * The 1,797 handwritten digits bundled with this library, for use where MNIST is not available.
 * They are from the UCI Machine Learning Repository; see {@code NOTICE}.
 */
public final class BundledDigits {
  // Created by src/test/python/make_digits.py: 8x8 pixels from 0 (paper) to 16 (ink).
  private static final String IMAGES = "digits-images-idx3-ubyte.gz";
  private static final String LABELS = "digits-labels-idx1-ubyte.gz";
  private static final int INK = 16;
  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  /** The share of MNIST's test images, 10,000 of 70,000: 1,797 / 7, rounded. */
  private static final int TEST = 257;

  private BundledDigits() {}

  /**
   * Returns the digits, scaled from 8x8 to 28x28.
   *
   * <p>They are split in MNIST's proportions, in their original order: the first 128 for
   * validation, the next 1,412 for training, the last 257 for testing.
   */
  public static DataSets read() {
    DataSet all = scaled(LabelledImages.of(IMAGES, resource(IMAGES), LABELS, resource(LABELS)));
    return FirstTwelfth.split(
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
    return DataSet.of(pixels, small.labels(), Shape.of(SIDE, SIDE, 1), CLASSES);
  }

  private static Idx resource(String name) {
    try (InputStream in = BundledDigits.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the library's jar");
      }
      return Idx.read(in, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
