package io.github.convnet4j.classifier;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.EpochOrder;
import io.github.convnet4j.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One call of {@code fit}. */
final class Fit {
  private final Engine engine;
  private final Progress progress;
  private final CloseGate gate;
  private final DataSet images;
  private final FitOptions options;
  private final List<TrainingListener> listeners;
  private final Training training;

  Fit(
      Classifier classifier,
      Engine engine,
      Progress progress,
      CloseGate gate,
      DataSet images,
      FitOptions options,
      List<TrainingListener> listeners) {
    this.engine = engine;
    this.progress = progress;
    this.gate = gate;
    this.images = images;
    this.options = options;
    this.listeners = listeners;
    this.training = new Training(classifier, images, options, progress.epochs() + 1);
  }

  History run(int shuffleSeed) {
    EpochOrder order = EpochOrder.of(images.size(), shuffleSeed);
    for (int i = 0; i < progress.epochs(); i++) {
      order.next();
    }
    List<EpochResult> epochs = new ArrayList<>();
    listeners.forEach(listener -> listener.trainBegin(training));
    while (!training.stopped() && progress.epochs() < training.lastEpoch()) {
      Optional<EpochResult> result = epoch(order.next());
      result.ifPresent(
          r -> {
            epochs.add(r);
            listeners.forEach(listener -> listener.epochEnd(training, r));
          });
    }
    History history = new History(epochs);
    listeners.forEach(listener -> listener.trainEnd(training, history));
    return history;
  }

  /** Empty if it was stopped before its last batch. */
  private Optional<EpochResult> epoch(int[] order) {
    int epoch = progress.epochs() + 1;
    double cost = 0;
    int correct = 0;
    int number = 0;
    for (int from = 0; from < order.length; ) {
      if (training.stopped()) {
        return Optional.empty();
      }
      gate.checkOpen();
      // In this form because from + batchSize may be too large for an int.
      int to = from + Math.min(options.batchSize(), order.length - from);
      Batch batch = images.batch(Arrays.copyOfRange(order, from, to));
      Engine.Stepped stepped =
          engine.train(batch.size(), batch.images(), batch.labels(), progress.step());
      progress.stepDone();
      cost += (double) stepped.cost() * batch.size();
      int correctInBatch = correct(batch, stepped.outputs());
      correct += correctInBatch;
      BatchResult result =
          new BatchResult(epoch, ++number, batch.size(), correctInBatch, stepped.cost());
      listeners.forEach(listener -> listener.batchEnd(training, result));
      from = to;
    }
    progress.epochDone();
    Optional<Evaluation> validation = options.validation().map(training.classifier()::evaluate);
    return Optional.of(
        new EpochResult(epoch, cost / order.length, (double) correct / order.length, validation));
  }

  private static int correct(Batch batch, float[] outputs) {
    int classes = outputs.length / batch.size();
    int correct = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (Prediction.indexOfGreatest(outputs, i * classes, classes) == batch.classLabels()[i]) {
        correct++;
      }
    }
    return correct;
  }
}
