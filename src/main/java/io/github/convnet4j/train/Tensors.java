package io.github.convnet4j.train;

import io.github.convnet4j.data.HeapBytes;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Copies between heap arrays and tensors: a fetched variable's tensor is its live memory. */
final class Tensors {
  private Tensors() {}

  static TFloat32 of(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }

  /** Converts unsigned bytes to numbers from 0 to 1. */
  static float[] pixels(byte[] bytes) {
    float[] pixels = new float[bytes.length];
    pixels(bytes, pixels, 0);
    return pixels;
  }

  /** Converts unsigned bytes to numbers from 0 to 1, to an array from the position {@code at}. */
  static void pixels(byte[] bytes, float[] to, int at) {
    HeapBytes.scale(bytes, 0, bytes.length, to, at);
  }

  static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    ((TFloat32) tensor).copyTo(DataBuffers.of(values));
    return values;
  }
}
