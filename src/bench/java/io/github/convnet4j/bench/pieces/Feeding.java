package io.github.convnet4j.bench.pieces;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Feeding 100 images of 28x28 from the heap to a session that only reads their shape. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Feeding {
  private static final int BATCH = 100;

  private final float[] flat;
  private final float[][][][] nested; // [batch, height, width, channels]
  private final Shape shape;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> images;
  private final org.tensorflow.op.core.Shape<TInt32> size;

  /** Creates both arrays, and builds the graph. */
  public Feeding() {
    DataSet digits = BundledDigits.read().train();
    shape = Shape.of(BATCH, digits.height(), digits.width(), digits.channels());
    flat = digits.batch(0, BATCH).images();
    nested = new float[BATCH][digits.height()][digits.width()][digits.channels()];
    for (int i = 0; i < flat.length; i++) {
      int row = i / digits.width();
      nested[row / digits.height()][row % digits.height()][i % digits.width()][0] = flat[i];
    }
    Ops tf = Ops.create(graph);
    images = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    size = tf.shape(tf.placeholderWithDefault(images, Shape.unknown()));
    session = new Session(graph);
  }

  @Benchmark
  public int flatArray() {
    try (TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(flat))) {
      return run(tensor);
    }
  }

  /** The obvious first attempt. */
  @Benchmark
  public int nestedArray() {
    try (TFloat32 tensor = TFloat32.tensorOf(StdArrays.ndCopyOf(nested))) {
      return run(tensor);
    }
  }

  private int run(TFloat32 tensor) {
    try (Result result = session.runner().feed(images, tensor).fetch(size).run()) {
      return ((TInt32) result.get(0)).getInt(0);
    }
  }

  /** Frees the native memory. */
  @TearDown
  public void close() {
    session.close();
    graph.close();
  }
}
