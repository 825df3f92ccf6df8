package io.github.convnet4j.keras;

import org.tensorflow.ndarray.Shape;

/** The values of a variable in a file. */
interface StoredArray {
  /** Returns where it is in the file. */
  String path();

  /** Returns its shape. */
  Shape shape();

  /**
   * Reads its values, row by row.
   *
   * @throws io.github.convnet4j.data.DataException if they are not numbers of 32 or 64 bits, or the
   *     file is damaged
   */
  float[] values();
}
