package io.github.convnet4j.keras;

import io.github.convnet4j.check.IoReason;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Weights;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes weights in the layout of Keras 3: {@code layers/conv2d_1/vars/0}. */
final class Hdf5Writer {
  private Hdf5Writer() {}

  /**
   * Writes a file with the weights of a model.
   *
   * @throws IOException if it cannot be written
   */
  static void write(Path file, WrittenModel model, Weights weights) throws IOException {
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      Map<String, Integer> counts = new HashMap<>();
      // What jHDF writes after an empty group cannot be read, so there are only groups for layers
      // with variables. Keras 3.0 to 3.3 would require an empty one for the model itself.
      WritableGroup layers =
          model.variables().isEmpty() ? null : hdf5.putGroup(Keras3Weights.LAYERS);
      for (LayerEntry layer : model.model().layers()) {
        String kind = Keras3Weights.snakeCase(layer.className());
        int number = counts.merge(kind, 1, Integer::sum) - 1;
        List<Parameter> parameters = model.variables().getOrDefault(layer.name(), List.of());
        if (!parameters.isEmpty()) {
          WritableGroup group = layers.putGroup(number == 0 ? kind : kind + "_" + number);
          write(group.putGroup(Keras3Weights.VARIABLES), layer.name(), parameters, weights);
        }
      }
    } catch (HdfException e) {
      throw reason(e);
    }
  }

  /** The library's own message does not say why. */
  private static IOException reason(HdfException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException reason) {
        return new IOException(IoReason.of(reason), e);
      }
    }
    return new IOException(e.getMessage(), e);
  }

  private static void write(
      WritableGroup group, String layer, List<Parameter> parameters, Weights weights) {
    group.putAttribute("name", layer);
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i).name();
      long[] shape = parameters.get(i).shape().asArray();
      group.putDataset(String.valueOf(i), nested(weights.values(name), shape));
    }
  }

  /** Returns values as the arrays of arrays from which the library infers the shape. */
  private static Object nested(float[] values, long[] shape) {
    Object rows = values;
    for (int axis = shape.length - 1; axis > 0; axis--) {
      rows = split(rows, Math.toIntExact(shape[axis]));
    }
    return rows;
  }

  /** Splits an array into arrays of this length. */
  private static Object split(Object all, int length) {
    int count = Array.getLength(all) / length;
    Object parts = null;
    for (int i = 0; i < count; i++) {
      Object part =
          all instanceof float[] floats
              ? Arrays.copyOfRange(floats, i * length, (i + 1) * length)
              : Arrays.copyOfRange((Object[]) all, i * length, (i + 1) * length);
      if (parts == null) {
        parts = Array.newInstance(part.getClass(), count);
      }
      Array.set(parts, i, part);
    }
    return parts;
  }
}
