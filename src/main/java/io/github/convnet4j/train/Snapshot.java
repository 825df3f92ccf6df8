package io.github.convnet4j.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.tensorflow.ndarray.buffer.DataBuffers;

/**
 * The state of a model at one moment, copied to the heap: all variables, including moving
 * statistics and the optimizer's state, the training progress and the history. {@link
 * Model#snapshot} takes it.
 */
public final class Snapshot {
  private final Map<String, float[]> values;
  private final Reached reached;
  private final Map<String, double[]> metrics;

  /**
   * @param metrics what the metrics have counted in the current epoch
   */
  Snapshot(Map<String, float[]> values, Reached reached, Map<String, double[]> metrics) {
    this.values = values;
    this.reached = reached;
    this.metrics = metrics;
  }

  static Snapshot of(VariableValues variables, Progress progress) {
    return new Snapshot(
        variables.readAll(variables.names()), progress.reached(), progress.metrics());
  }

  /** Writes all values, after checking them all. */
  void restore(VariableValues variables) {
    check(variables);
    variables.write(values.keySet(), values::get);
  }

  /**
   * Checks that the snapshot fits these variables.
   *
   * @throws IllegalArgumentException if it does not
   */
  void check(VariableValues variables) {
    if (!values.keySet().equals(Set.copyOf(variables.names()))) {
      throw new IllegalArgumentException(
          "snapshot must have the variables %s of the model: it has %s"
              .formatted(variables.names(), values.keySet()));
    }
    values.forEach(
        (name, floats) -> {
          if (variables.shape(name).size() != floats.length) {
            throw new IllegalArgumentException(
                "snapshot must have a variable %s of shape %s: it has %d values"
                    .formatted(name, variables.shape(name), floats.length));
          }
        });
  }

  /** Returns whether all values are finite. If not, there is no point in restoring the snapshot. */
  public boolean isFinite() {
    FloatParts parts = FloatParts.ofUsualLength();
    return values.values().stream()
        .allMatch(floats -> parts.allFinite(DataBuffers.of(floats, true, false)));
  }

  /** Returns the snapshot as bytes, which {@link Model#snapshot(byte[])} can read. */
  public byte[] toBytes() {
    return SnapshotBytes.write(this);
  }

  /**
   * Returns copies of the values of all variables, row by row, by name: first those that {@link
   * Model#weightNames} lists, then those of the optimizer. Models with the same network and
   * optimizer have the same names, so what several of them have learned can be averaged; {@link
   * Model#snapshot(byte[], Map)} makes a snapshot of the means.
   */
  public Map<String, float[]> variables() {
    Map<String, float[]> copies = new LinkedHashMap<>();
    values.forEach((name, floats) -> copies.put(name, floats.clone()));
    return copies;
  }

  /**
   * Returns all but the variables as bytes: the training progress and the history. {@link
   * Model#snapshot(byte[], Map)} reads them.
   */
  public byte[] progressToBytes() {
    return new Snapshot(Map.of(), reached, metrics).toBytes();
  }

  /** Returns this progress with other variables. */
  Snapshot with(Map<String, float[]> newValues) {
    return new Snapshot(newValues, reached, metrics);
  }

  /** Returns the variables' values by name, not copied. */
  Map<String, float[]> values() {
    return values;
  }

  Reached reached() {
    return reached;
  }

  Map<String, double[]> metrics() {
    return metrics;
  }

  /** Returns the number of training steps at the time of the snapshot. */
  public long steps() {
    return reached.steps();
  }

  /** Returns the number of completed epochs at the time of the snapshot. */
  public int epochs() {
    return reached.epochs();
  }
}
