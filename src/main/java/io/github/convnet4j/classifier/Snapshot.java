package io.github.convnet4j.classifier;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far a classifier was trained at one moment, kept on the heap: all its variables, the moving
 * statistics and the optimizer's state included, and its count of steps and epochs. Taken by {@link
 * Classifier#snapshot}.
 */
public final class Snapshot {
  private final Map<String, float[]> values;
  private final long steps;
  private final int epochs;

  private Snapshot(Map<String, float[]> values, long steps, int epochs) {
    this.values = values;
    this.steps = steps;
    this.epochs = epochs;
  }

  static Snapshot of(VariableValues variables, Progress progress) {
    Map<String, float[]> values = new LinkedHashMap<>();
    variables.names().forEach(name -> values.put(name, variables.read(name)));
    return new Snapshot(values, progress.step(), progress.epochs());
  }

  /** Checks all before it changes any. */
  void restore(VariableValues variables, Progress progress) {
    if (!values.keySet().equals(Set.copyOf(variables.names()))) {
      throw new IllegalArgumentException(
          "snapshot must be of a classifier with the variables %s: it has %s"
              .formatted(variables.names(), values.keySet()));
    }
    values.forEach(
        (name, floats) -> {
          if (variables.shape(name).size() != floats.length) {
            throw new IllegalArgumentException(
                "snapshot must have %s of shape %s: it has %d values"
                    .formatted(name, variables.shape(name), floats.length));
          }
        });
    values.forEach(variables::write);
    progress.set(steps, epochs);
  }

  /** Steps trained when it was taken. */
  public long steps() {
    return steps;
  }

  /** Epochs trained when it was taken. */
  public int epochs() {
    return epochs;
  }
}
