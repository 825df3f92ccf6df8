package io.github.convnet4j.bench.pieces;

import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tensorflow.ndarray.Shape;

/** Augmenting 100 images of 28x28. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Augmenting {
  private static final int BATCH = 100;

  private final Augmentation geometric = Augmentation.of(shift(0.1), rotate(10), zoom(0.9, 1.1));
  private final Augmentation noisy = Augmentation.of(noise(0.02));
  private final DataSet digits = BundledDigits.read().train();
  private final float[] images = digits.batch(0, BATCH).images();
  private long firstImage;

  /** Shift, rotation and zoom together: one interpolation. */
  @Benchmark
  public float[] shiftRotateZoom() {
    return augment(geometric);
  }

  @Benchmark
  public float[] noise002() {
    return augment(noisy);
  }

  private float[] augment(Augmentation augmentation) {
    float[] copy = images.clone();
    augmentation.applyToBatch(
        copy, BATCH, Shape.of(digits.height(), digits.width(), digits.channels()), 777, firstImage);
    firstImage += BATCH;
    return copy;
  }
}
