package io.github.convnet4j.spark;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a network's variables, and how far it has been trained: what travels between the
 * driver and the tasks. Not changed after it is made.
 */
final class Variables implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] progress;
  private final LinkedHashMap<String, float[]> values;

  /** Keeps both, which must not be changed afterwards. */
  Variables(byte[] progress, Map<String, float[]> values) {
    this.progress = progress;
    this.values = new LinkedHashMap<>(values);
  }

  /** Returns no variables. */
  static Variables none() {
    return new Variables(new byte[0], Map.of());
  }

  byte[] progress() {
    return progress;
  }

  /** Returns the values themselves. */
  Map<String, float[]> values() {
    return values;
  }

  /** Returns the size in bytes. */
  long bytes() {
    return progress.length
        + Float.BYTES * values.values().stream().mapToLong(floats -> floats.length).sum();
  }

  /** Returns whether all values are finite. */
  boolean isFinite() {
    for (float[] floats : values.values()) {
      for (float value : floats) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Variables and how much they count in a mean. */
  record Weighted(Variables variables, double weight) {}

  /**
   * Returns the weighted mean, with the progress of the first. Sums are in double precision and in
   * the order of the list, so the same list gives the same bits.
   */
  static Variables mean(List<Weighted> all) {
    double weights = all.stream().mapToDouble(Weighted::weight).sum();
    Map<String, float[]> means = new LinkedHashMap<>();
    for (Map.Entry<String, float[]> first : all.get(0).variables().values.entrySet()) {
      double[] sums = new double[first.getValue().length];
      for (Weighted one : all) {
        float[] values = one.variables().values.get(first.getKey());
        for (int i = 0; i < sums.length; i++) {
          sums[i] += one.weight() * values[i];
        }
      }
      float[] mean = new float[sums.length];
      for (int i = 0; i < sums.length; i++) {
        mean[i] = (float) (sums[i] / weights);
      }
      means.put(first.getKey(), mean);
    }
    return new Variables(all.get(0).variables().progress, means);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(progress.length);
    out.write(progress);
    out.writeInt(values.size());
    for (Map.Entry<String, float[]> variable : values.entrySet()) {
      byte[] name = variable.getKey().getBytes(StandardCharsets.UTF_8);
      out.writeInt(name.length);
      out.write(name);
      ByteBuffer floats = ByteBuffer.allocate(variable.getValue().length * Float.BYTES);
      floats.asFloatBuffer().put(variable.getValue());
      out.writeInt(variable.getValue().length);
      out.write(floats.array());
    }
  }

  static Variables read(DataInputStream in) throws IOException {
    byte[] progress = in.readNBytes(in.readInt());
    int count = in.readInt();
    Map<String, float[]> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      float[] floats = new float[in.readInt()];
      ByteBuffer.wrap(in.readNBytes(floats.length * Float.BYTES)).asFloatBuffer().get(floats);
      values.put(name, floats);
    }
    return new Variables(progress, values);
  }
}
