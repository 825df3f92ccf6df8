package io.github.convnet4j.train;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.ConfusionTally;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.train.Heads.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * Applies a model in inference: to many examples in batches, to one, or to one after another.
 *
 * @param <P> type of a prediction
 */
final class Inference<P> {
  private final Ports ports;
  private final Heads<P> heads;
  private final Engine engine;
  private final CloseGate gate;

  /**
   * @param gate the engine's gate
   */
  Inference(Ports ports, Heads<P> heads, Engine engine, CloseGate gate) {
    this.ports = ports;
    this.heads = heads;
    this.engine = engine;
    this.gate = gate;
  }

  /** Returns the number of examples per batch that suits the network. */
  int batchSize() {
    return engine.inferenceBatch();
  }

  /** Evaluates in batches. */
  Scores evaluate(Source examples, int atATime, WatchedMetrics watched) {
    return evaluateBatches(examples, atATime, watched, (batch, first, predictions) -> {});
  }

  /** Evaluates in batches, and passes on the prediction for each example. */
  Scores evaluate(
      Source examples, int atATime, WatchedMetrics watched, EvaluationListener<? super P> each) {
    return evaluateBatches(
        examples,
        atATime,
        watched,
        (batch, first, predictions) -> {
          for (int i = 0; i < batch.size(); i++) {
            each.predicted(first + i, prediction(predictions, i), targets(batch, i));
          }
        });
  }

  /** Receives the predictions for a batch, for each output {@code [batch, …]}. */
  private interface Batches {
    void predicted(ExampleBatch batch, int first, List<float[]> predictions);
  }

  private Scores evaluateBatches(
      Source examples, int atATime, WatchedMetrics watched, Batches each) {
    Require.atLeast("batchSize", atATime, 1);
    return gate.within(
        () -> {
          EpochMetrics metrics = watched.start();
          Optional<ConfusionTally> confusion = confusionTally();
          double loss = 0;
          double[] losses = new double[heads.all().size()];
          for (int from = 0; from < examples.size(); ) {
            ExampleBatch batch = nextBatch(examples, from, atATime, true);
            Engine.Judged judged = engine.judge(batch);
            loss += judged.loss();
            for (int i = 0; i < losses.length; i++) {
              losses[i] += judged.losses().get(i);
            }
            metrics.add(batch.size(), judged.predictions(), batch.targets());
            confusion.ifPresent(
                tally -> tally.add(batch.size(), judged.predictions().get(0), batch.target()));
            each.predicted(batch, from, judged.predictions());
            from += batch.size();
          }
          Map<String, Double> values = new LinkedHashMap<>();
          if (heads.several()) {
            for (int i = 0; i < losses.length; i++) {
              values.put(heads.all().get(i).name() + "_loss", losses[i] / examples.size());
            }
          }
          values.putAll(metrics.values());
          return new Scores(
              loss / examples.size(),
              examples.size(),
              values,
              confusion.map(tally -> tally.matrix(heads.all().get(0).classNames())));
        });
  }

  /** Returns a tally if there is one output, and it has classes. */
  private Optional<ConfusionTally> confusionTally() {
    Head<?> head = heads.all().get(0);
    return heads.several() || head.classNames().isEmpty()
        ? Optional.empty()
        : Optional.of(ConfusionTally.of(head.output(), head.target()));
  }

  /** Returns the predictions for all examples, in order. */
  List<P> predict(Source examples, int atATime) {
    Require.atLeast("batchSize", atATime, 1);
    return gate.within(
        () -> {
          List<P> predictions = new ArrayList<>();
          for (int from = 0; from < examples.size(); ) {
            ExampleBatch batch = nextBatch(examples, from, atATime, false);
            List<float[]> values = engine.predict(batch.size(), batch.inputs());
            for (int i = 0; i < batch.size(); i++) {
              predictions.add(prediction(values, i));
            }
            from += batch.size();
          }
          return List.copyOf(predictions);
        });
  }

  private P prediction(List<float[]> batch, int index) {
    return heads.prediction(ofExample(batch, heads.outputs(), index));
  }

  private List<float[]> targets(ExampleBatch batch, int index) {
    return ofExample(batch.targets(), heads.targets(), index);
  }

  /** Returns the values of one example of a batch. */
  private static List<float[]> ofExample(List<float[]> batch, List<Shape> shapes, int index) {
    List<float[]> values = new ArrayList<>();
    for (int h = 0; h < batch.size(); h++) {
      int n = Math.toIntExact(shapes.get(h).size());
      values.add(Arrays.copyOfRange(batch.get(h), index * n, (index + 1) * n));
    }
    return values;
  }

  private ExampleBatch nextBatch(Source examples, int from, int atATime, boolean withTargets) {
    gate.checkOpen();
    int to = from + Math.min(atATime, examples.size() - from);
    int[] indices = IntStream.range(from, to).toArray();
    ExampleBatch batch = examples.read(indices);
    if (withTargets) {
      heads.checkTargets(batch, indices);
    }
    return batch;
  }

  /** Returns the prediction for one example. */
  P predict(List<float[]> inputs) {
    checkInputs(inputs);
    return gate.within(
        () -> {
          try (PreparedRun run = engine.prepare()) {
            return heads.prediction(run.of(inputs));
          }
        });
  }

  private void checkInputs(List<float[]> inputs) {
    List<Shape> shapes = ports.inputShapes();
    for (int i = 0; i < shapes.size(); i++) {
      Checks.checkInput(shapes.get(i), inputs.get(i).length);
    }
  }

  /** Returns a predictor for one example after another. */
  Predictor<P> predictor() {
    return new Predictor<>(
        ports.onlyInput(), gate, gate.within(engine::prepare), values -> heads.prediction(values));
  }
}
