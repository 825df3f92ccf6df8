package io.github.convnet4j.train;

import io.github.convnet4j.data.TargetBatch;
import io.github.convnet4j.model.Network;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Applies a network in inference mode: to many examples in batches, to one, or to one after
 * another.
 */
final class Inference {
  private final Network network;
  private final Engine engine;
  private final CloseGate gate;
  private final int batchSize;

  /**
   * Receives a batch of predictions, {@code [batch, outputs]}; the first one is for example {@code
   * from}.
   */
  interface Predictions {
    void take(int from, float[] predictions);
  }

  /**
   * @param gate the engine's gate
   */
  Inference(Network network, Engine engine, CloseGate gate) {
    this.network = network;
    this.engine = engine;
    this.gate = gate;
    this.batchSize = InferenceBatch.of(network);
  }

  /**
   * Evaluates as {@link #judge(Examples, int, Predictions)} does, with a batch size that depends on
   * the network.
   */
  double judge(Examples examples, Predictions predictions) {
    return judge(examples, batchSize, predictions);
  }

  /**
   * Computes predictions and losses in batches.
   *
   * @return the mean loss
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

  /** Computes predictions with a batch size that depends on the network. */
  void predict(Examples examples, Predictions predictions) {
    predict(examples, batchSize, predictions);
  }

  /** Computes predictions in batches. */
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

  /** Returns the prediction for an image, {@code [outputs]}. */
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
   * Returns a predictor for one image after another.
   *
   * @param result converts the network's prediction, {@code [outputs]}, to what the predictor
   *     returns
   */
  <P> Predictor<P> predictor(Function<float[], P> result) {
    return new Predictor<>(network.input(), gate, gate.within(engine::prepare), result);
  }
}
