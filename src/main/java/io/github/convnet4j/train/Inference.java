package io.github.convnet4j.train;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.ConfusionTally;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.layer.PlacedNode;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.train.Heads.Head;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
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
  private final ModelPictures pictures;
  private final Engine engine;
  private final CloseGate gate;
  private final Progress progress;

  /**
   * @param gate the engine's gate
   * @param progress what the model was trained on
   */
  Inference(
      Ports ports,
      Heads<P> heads,
      ModelPictures pictures,
      Engine engine,
      CloseGate gate,
      Progress progress) {
    this.ports = ports;
    this.heads = heads;
    this.pictures = pictures;
    this.engine = engine;
    this.gate = gate;
    this.progress = progress;
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

  /** Returns the examples with the output of a layer in place of their inputs. */
  Source features(PlacedNode layer, Source examples, IntConsumer progress) {
    return gate.within(
        () -> {
          Features features = Features.allocate(layer, examples);
          for (int from = 0; from < examples.size(); ) {
            ExampleBatch batch = nextBatch(examples, from, batchSize(), false);
            features.put(from, batch, engine.layerOutput(layer.path(), batch));
            from += batch.size();
            progress.accept(from);
          }
          return features;
        });
  }

  /** A picture in the format of the network, or why there is none. */
  private record Decoded(Path file, Optional<byte[]> pixels, Optional<DataException> fault) {
    static Decoded of(Path file, PictureFormat format) {
      try {
        return new Decoded(file, Optional.of(format.read(file).pixels()), Optional.empty());
      } catch (DataException e) {
        return new Decoded(file, Optional.empty(), Optional.of(e));
      }
    }
  }

  /** Predicts for picture files in batches, and passes on each prediction. */
  void predictFiles(List<Path> files, FilePredictionListener<? super P> each) {
    PictureFormat format = pictures.format();
    int atATime = batchSize();
    for (int from = 0; from < files.size(); from += atATime) {
      List<Path> some = files.subList(from, Math.min(from + atATime, files.size()));
      List<Decoded> decoded =
          some.parallelStream().map(file -> Decoded.of(file, format)).toList().stream()
              // Alone, a large picture may fit into the memory that several did not fit into.
              .map(one -> one.fault().isPresent() ? Decoded.of(one.file(), format) : one)
              .toList();
      Iterator<P> predictions =
          predictPixels(decoded.stream().flatMap(one -> one.pixels().stream()).toList()).iterator();
      for (Decoded one : decoded) {
        if (one.fault().isPresent()) {
          each.unreadable(one.file(), one.fault().get());
        } else {
          each.predicted(one.file(), predictions.next());
        }
      }
    }
  }

  /** Returns the predictions for a batch of images, which may be empty. */
  private List<P> predictPixels(List<byte[]> images) {
    if (images.isEmpty()) {
      return List.of();
    }
    int n = Math.toIntExact(ports.onlyInput().size());
    float[] batch = new float[Math.multiplyExact(n, images.size())];
    for (int i = 0; i < images.size(); i++) {
      Tensors.pixels(images.get(i), batch, i * n);
    }
    return gate.within(
        () -> {
          List<float[]> values = engine.predict(images.size(), List.of(batch));
          return IntStream.range(0, images.size()).mapToObj(i -> prediction(values, i)).toList();
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

  /** Returns the values of each output for a batch, {@code [examples, …]}. */
  Map<String, float[]> predictBatch(int examples, List<float[]> inputs) {
    List<Shape> shapes = ports.inputShapes();
    for (int i = 0; i < shapes.size(); i++) {
      Checks.checkInput(shapes.get(i), examples, inputs.get(i), progress.reached().pixels());
    }
    List<float[]> values = gate.within(() -> engine.predict(examples, inputs));
    Map<String, float[]> outputs = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      outputs.put(heads.all().get(i).name(), values.get(i));
    }
    return outputs;
  }

  private void checkInputs(List<float[]> inputs) {
    List<Shape> shapes = ports.inputShapes();
    for (int i = 0; i < shapes.size(); i++) {
      Checks.checkInput(shapes.get(i), inputs.get(i), progress.reached().pixels());
    }
  }

  /** Returns a predictor for one example after another. */
  Predictor<P> predictor() {
    return new Predictor<>(
        ports.onlyInput(),
        pictures,
        progress,
        gate,
        gate.within(engine::prepare),
        values -> heads.prediction(values));
  }
}
