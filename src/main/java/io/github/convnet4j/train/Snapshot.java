package io.github.convnet4j.train;

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
