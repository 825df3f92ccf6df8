package io.github.convnet4j.examples;

import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

/** Arrays on the Java heap, which outlive the tensors they are copied from. */
public final class HeapArrays {
  private HeapArrays() {}

  /** Wraps {@code values}, row by row, as an array of the given shape. */
  public static FloatNdArray array(Shape shape, float... values) {
    return NdArrays.wrap(shape, DataBuffers.of(values));
  }

  /** Returns a copy of a tensor, which stays valid after the tensor is closed. */
  public static FloatNdArray copyOf(FloatNdArray tensor) {
    return array(tensor.shape(), flatten(tensor));
  }

  /** Returns the elements, row by row. */
  public static float[] flatten(FloatNdArray array) {
    float[] values = new float[Math.toIntExact(array.size())];
    array.copyTo(DataBuffers.of(values));
    return values;
  }
}
