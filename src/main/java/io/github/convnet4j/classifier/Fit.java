package io.github.convnet4j.classifier;

import io.github.convnet4j.data.TargetBatch;
import io.github.convnet4j.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One call of {@code fit}, as the classifier and its listeners see it. */
final class Fit implements TrainingLoop.Observer<History> {
  private static final Pattern STATE_NAME = Pattern.compile("[A-Za-z0-9_]+");

  private final Training training;
  private final Progress progress;
  private final List<TrainingListener> listeners;
  private final Map<String, ResumableListener> resumable = new LinkedHashMap<>();
  private final List<EpochResult> epochs = new ArrayList<>();

  Fit(Training training, Progress progress, List<TrainingListener> listeners) {
    this.training = training;
    this.progress = progress;
    this.listeners = listeners;
    for (TrainingListener listener : listeners) {
      if (listener instanceof ResumableListener withState) {
        add(withState);
      }
    }
  }

  private void add(ResumableListener listener) {
    String name = listener.stateName();
    if (!STATE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "stateName must consist of letters, digits and underscores: \"%s\"".formatted(name));
    }
    if (resumable.put(name, listener) != null) {
      throw new IllegalArgumentException(
          "stateName must be unique among the listeners, but two of them have: " + name);
    }
  }

  @Override
  public void begin(ListenerStates states) {
    listeners.forEach(listener -> listener.trainBegin(training));
    resumable.forEach(
        (name, listener) -> states.resume(name, state -> listener.resume(training, state)));
  }

  @Override
  public Map<String, byte[]> states() {
    Map<String, byte[]> states = new LinkedHashMap<>();
    resumable.forEach((name, listener) -> states.put(name, listener.state()));
    return states;
  }

  @Override
  public boolean stopped() {
    return training.stopped();
  }

  @Override
  public int correct(TargetBatch batch, float[] outputs) {
    int classes = outputs.length / batch.size();
    int correct = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (Prediction.indexOfLargest(outputs, i * classes, classes)
          == Prediction.indexOfLargest(batch.targets(), i * classes, classes)) {
        correct++;
      }
    }
    return correct;
  }

  @Override
  public void stepDone(BatchResult result) {
    listeners.forEach(listener -> listener.batchEnd(training, result));
  }

  @Override
  public void epochDone(int epoch, double cost, double accuracy) {
    Optional<Evaluation> validation =
        training.options().validation().map(training.classifier()::evaluate);
    EpochResult result = new EpochResult(epoch, cost, accuracy, validation);
    epochs.add(result);
    progress.set(progress.reached().with(result));
    listeners.forEach(listener -> listener.epochEnd(training, result));
  }

  @Override
  public void settled() {
    listeners.forEach(listener -> listener.settled(training));
  }

  @Override
  public History end() {
    History history = new History(epochs);
    listeners.forEach(listener -> listener.trainEnd(training, history));
    return history;
  }

  @Override
  public void close() {
    List<RuntimeException> faults = new ArrayList<>();
    for (TrainingListener listener : listeners) {
      try {
        listener.release(training);
      } catch (RuntimeException e) {
        faults.add(e);
      }
    }
    if (!faults.isEmpty()) {
      RuntimeException first = faults.remove(0);
      faults.forEach(first::addSuppressed);
      throw first;
    }
  }
}
