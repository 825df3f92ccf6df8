package io.github.convnet4j.classifier;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.tensorflow.ndarray.buffer.DataBuffers;

/**
 * A classifier at one moment, kept on the heap: all its variables, the moving statistics and the
 * optimizer's state included, how far it was trained, and its history. Taken by {@link
 * Classifier#snapshot}.
 */
public final class Snapshot {
  private final Map<String, float[]> values;
  private final Reached reached;

  Snapshot(Map<String, float[]> values, Reached reached) {
    this.values = values;
    this.reached = reached;
  }

  static Snapshot of(VariableValues variables, Reached reached) {
    Map<String, float[]> values = new LinkedHashMap<>();
    variables.names().forEach(name -> values.put(name, variables.read(name)));
    return new Snapshot(values, reached);
  }

  /** Checks all before it changes any. */
  void restore(VariableValues variables) {
    check(variables);
    values.forEach(variables::write);
  }

  /**
   * Sees whether it is of these variables.
   *
   * @throws IllegalArgumentException if it is not
   */
  void check(VariableValues variables) {
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
  }

  /** Whether all values are finite numbers: else there is nothing to go back to. */
  public boolean isFinite() {
    FloatParts parts = FloatParts.ofUsualLength();
    return values.values().stream()
        .allMatch(floats -> parts.allFinite(DataBuffers.of(floats, true, false)));
  }

  /** As bytes, which {@link Classifier#snapshot(byte[])} reads back. */
  public byte[] toBytes() {
    return SnapshotBytes.write(this);
  }

  /** The variables' values by name, not copied. */
  Map<String, float[]> values() {
    return values;
  }

  Reached reached() {
    return reached;
  }

  /** Steps trained when it was taken. */
  public long steps() {
    return reached.steps();
  }

  /** Epochs trained to their end when it was taken. */
  public int epochs() {
    return reached.epochs();
  }
}
