package io.github.convnet4j.classifier;

import io.github.convnet4j.data.TargetBatch;
import io.github.convnet4j.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a classifier and its listeners see of one call of {@code fit}. */
final class Fit implements TrainingLoop.Observer<History> {
  private final Training training;
  private final List<TrainingListener> listeners;
  private final List<EpochResult> epochs = new ArrayList<>();
  private int correct;

  Fit(Training training, List<TrainingListener> listeners) {
    this.training = training;
    this.listeners = listeners;
  }

  @Override
  public void begin() {
    listeners.forEach(listener -> listener.trainBegin(training));
  }

  @Override
  public boolean stopped() {
    return training.stopped();
  }

  @Override
  public void stepDone(int epoch, int number, TargetBatch batch, Engine.Stepped stepped) {
    int correctInBatch = correct(batch, stepped.outputs());
    correct += correctInBatch;
    BatchResult result =
        new BatchResult(epoch, number, batch.size(), correctInBatch, stepped.cost());
    listeners.forEach(listener -> listener.batchEnd(training, result));
  }

  private static int correct(TargetBatch batch, float[] outputs) {
    int classes = outputs.length / batch.size();
    int correct = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (Prediction.indexOfGreatest(outputs, i * classes, classes)
          == Prediction.indexOfGreatest(batch.targets(), i * classes, classes)) {
        correct++;
      }
    }
    return correct;
  }

  @Override
  public void epochDone(int epoch, double cost) {
    double accuracy = (double) correct / training.images().size();
    correct = 0;
    Optional<Evaluation> validation =
        training.options().validation().map(training.classifier()::evaluate);
    EpochResult result = new EpochResult(epoch, cost, accuracy, validation);
    epochs.add(result);
    listeners.forEach(listener -> listener.epochEnd(training, result));
  }

  @Override
  public History end() {
    History history = new History(epochs);
    listeners.forEach(listener -> listener.trainEnd(training, history));
    return history;
  }
}
