package io.github.convnet4j.bench.pieces;

import static io.github.convnet4j.optimizer.Optimizers.adam;

import io.github.convnet4j.bench.play.Nets;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Predictor;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Predicting one image, with {@link Model#predict(byte[])} and with a predictor; with percentiles.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SinglePrediction {
  /** The lecture's network. */
  @Param({"ex11_8", "ex11_9"})
  public String net = "";

  private final DataSet digits = BundledDigits.read().test();
  private final byte[] image = digits.image(0);
  private Optional<Model<Prediction>> opened = Optional.empty();
  private Optional<Predictor<Prediction>> prepared = Optional.empty();

  /** Creates the model; training would not change its speed. */
  @Setup
  public void open() {
    opened = Optional.of(Model.of(Nets.builder(net, digits), Tasks.classification(), adam(0.001)));
    prepared = opened.map(Model::predictor);
  }

  @Benchmark
  public Prediction predict() {
    return opened.orElseThrow().predictPixels(image);
  }

  @Benchmark
  public Prediction predictor() {
    return prepared.orElseThrow().predictPixels(image);
  }

  /** Frees the native memory. */
  @TearDown
  public void close() {
    prepared.ifPresent(Predictor::close);
    opened.ifPresent(Model::close);
  }
}
