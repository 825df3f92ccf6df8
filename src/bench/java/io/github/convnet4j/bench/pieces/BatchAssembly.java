package io.github.convnet4j.bench.pieces;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.Batches;
import io.github.convnet4j.files.BundledDigits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Assembling a shuffled batch of 28x28 images: gathering bytes, converting to floats, one-hot
 * labels.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatchAssembly {
  /** Images per batch. */
  @Param({"1", "100"})
  public int batchSize;

  private final Batches batches = BundledDigits.read().train().batches(777);

  @Benchmark
  public Batch nextBatch() {
    return batches.nextBatch(batchSize);
  }
}
