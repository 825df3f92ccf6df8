package io.github.convnet4j.examples;

import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;

/** The image that the first examples convolve: 3x3 pixels of one colour, 1 to 9. */
final class SmallImage {
  /** One image, three rows, three columns, one colour. */
  static final Shape SHAPE = Shape.of(1, 3, 3, 1);

  private SmallImage() {}

  static FloatNdArray array() {
    return HeapArrays.array(SHAPE, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }
}
