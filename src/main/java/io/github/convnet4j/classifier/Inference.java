package io.github.convnet4j.classifier;

import io.github.convnet4j.data.TargetBatch;
import io.github.convnet4j.model.Network;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What a network, not training, makes of examples: some at a time, one, or one after another. */
final class Inference {
  private final Network network;
  private final Engine engine;
  private final CloseGate gate;
  private final int batchSize;

  /**
   * Takes a batch of predictions, {@code [batch, outputs]}, the first being example {@code from}.
   */
  interface Predictions {
    void take(int from, float[] predictions);
  }

  /**
   * @param gate of the engine
   */
  Inference(Network network, Engine engine, CloseGate gate) {
    this.network = network;
    this.engine = engine;
    this.gate = gate;
    this.batchSize = InferenceBatch.of(network);
  }

  /** As {@link #judge(Examples, int, Predictions)}, as many at a time as suit the network. */
  double judge(Examples examples, Predictions predictions) {
    return judge(examples, batchSize, predictions);
  }

  /**
   * Compares what the network makes of some examples with their targets, some at a time.
   *
   * @return the mean of the examples' losses
   */
  double judge(Examples examples, int atATime, Predictions predictions) {
    checkBatchSize(atATime);
    return gate.within(
        () -> {
          double loss = 0;
          for (int from = 0; from < examples.size(); ) {
            TargetBatch batch = nextBatch(examples, from, atATime);
            Engine.Judged judged = engine.judge(batch.size(), batch.images(), batch.targets());
            for (float lossOfOne : judged.losses()) {
              loss += lossOfOne;
            }
            predictions.take(from, judged.predictions());
            from += batch.size();
          }
          return loss / examples.size();
        });
  }

  /** What the network makes of some examples, as many at a time as suit it. */
  void predict(Examples examples, Predictions predictions) {
    predict(examples, batchSize, predictions);
  }

  /** What the network makes of some examples, some at a time. */
  void predict(Examples examples, int atATime, Predictions predictions) {
    checkBatchSize(atATime);
    gate.within(
        () -> {
          for (int from = 0; from < examples.size(); ) {
            TargetBatch batch = nextBatch(examples, from, atATime);
            predictions.take(from, engine.predict(batch.size(), batch.images()));
            from += batch.size();
          }
          return this;
        });
  }

  private static void checkBatchSize(int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1: " + batchSize);
    }
  }

  private TargetBatch nextBatch(Examples examples, int from, int atATime) {
    gate.checkOpen();
    int to = from + Math.min(atATime, examples.size() - from);
    return examples.batch(IntStream.range(from, to).toArray());
  }

  /** What the network makes of an image, {@code [outputs]}. */
  float[] predict(float[] image) {
    Fits.checkImage(network.input(), image.length);
    return gate.within(
        () -> {
          try (PreparedRun run = engine.prepare()) {
            return run.of(image);
          }
        });
  }

  /**
   * Prepares to be asked about one image after another.
   *
   * @param result makes what is given of what the network gave, {@code [outputs]}
   */
  <P> Predictor<P> predictor(Function<float[], P> result) {
    return new Predictor<>(network.input(), gate, gate.within(engine::prepare), result);
  }
}
