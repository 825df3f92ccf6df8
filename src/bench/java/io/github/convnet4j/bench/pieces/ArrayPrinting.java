package io.github.convnet4j.bench.pieces;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.examples.numpy.NumpyPrinter;
import io.github.convnet4j.files.BundledDigits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;

/** Printing arrays as numpy does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ArrayPrinting {
  private static final int BATCH = 100;

  private final FloatNdArray image;
  private final FloatNdArray batch;

  /** Creates arrays from the bundled digits. */
  public ArrayPrinting() {
    DataSet digits = BundledDigits.read().train();
    Shape shape = Shape.of(digits.height(), digits.width(), digits.channels());
    image = NdArrays.wrap(shape.prepend(1), DataBuffers.of(digits.imageFloats(0)));
    batch = NdArrays.wrap(shape.prepend(BATCH), DataBuffers.of(digits.batch(0, BATCH).images()));
  }

  /** (1, 28, 28, 1): every element. */
  @Benchmark
  public String image() {
    return NumpyPrinter.str(image);
  }

  /** (100, 28, 28, 1): only the edges. */
  @Benchmark
  public String batch() {
    return NumpyPrinter.str(batch);
  }
}
