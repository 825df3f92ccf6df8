package io.github.convnet4j.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.convnet4j.check.Largest;
import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Segmentation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * The outputs of a model as its exported SavedModel has them: {@code probabilities} and {@code
 * classes} for a classification and, for each pixel, a segmentation; otherwise {@code predictions}.
 */
final class Outputs {
  private Outputs() {}

  /**
   * An output.
   *
   * @param shape for one example
   * @param integer whether it has whole numbers
   */
  record Output(String name, Shape shape, boolean integer) {}

  /**
   * The values of an output.
   *
   * @param values {@code [examples, …]}
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Values(String name, Shape shape, boolean integer, float[] values) {
    /** Writes those of one example. */
    void write(JsonGenerator json, int example) throws IOException {
      int each = Math.toIntExact(shape.size());
      if (integer) {
        writeIntegers(json, example * each, each);
      } else {
        JsonValues.write(
            json, shape, Arrays.copyOfRange(values, example * each, (example + 1) * each));
      }
    }

    private void writeIntegers(JsonGenerator json, int from, int count) throws IOException {
      if (shape.numDimensions() == 0) {
        json.writeNumber((long) values[from]);
        return;
      }
      long width = shape.get(shape.numDimensions() - 1);
      json.writeStartArray();
      for (int i = 0; i < count; i++) {
        if (i % width == 0) {
          json.writeStartArray();
        }
        json.writeNumber((long) values[from + i]);
        if (i % width == width - 1) {
          json.writeEndArray();
        }
      }
      json.writeEndArray();
    }
  }

  static List<Output> of(ServedModel model) {
    List<Output> outputs = new ArrayList<>();
    List<OutputTask<?>> tasks = model.model().tasks();
    for (OutputTask<?> task : tasks) {
      String prefix = tasks.size() > 1 ? task.output() + "_" : "";
      Shape shape = model.model().outputShapes().get(task.output());
      if (hasClasses(task)) {
        outputs.add(new Output(prefix + "probabilities", shape, false));
        outputs.add(new Output(prefix + "classes", shape.take(shape.numDimensions() - 1), true));
      } else {
        outputs.add(new Output(prefix + "predictions", shape, false));
      }
    }
    return outputs;
  }

  private static boolean hasClasses(OutputTask<?> task) {
    return task.task() instanceof Classification || task.task() instanceof Segmentation;
  }

  /**
   * Returns the outputs for a batch.
   *
   * @param computed by the names of the network's outputs
   */
  static List<Values> computed(ServedModel model, int examples, Map<String, float[]> computed) {
    List<Values> outputs = new ArrayList<>();
    List<OutputTask<?>> tasks = model.model().tasks();
    for (OutputTask<?> task : tasks) {
      String prefix = tasks.size() > 1 ? task.output() + "_" : "";
      Shape shape = model.model().outputShapes().get(task.output());
      float[] values = computed.get(task.output());
      if (hasClasses(task)) {
        outputs.add(new Values(prefix + "probabilities", shape, false, values));
        int classes = Math.toIntExact(shape.get(shape.numDimensions() - 1));
        outputs.add(
            new Values(
                prefix + "classes",
                shape.take(shape.numDimensions() - 1),
                true,
                largest(values, classes)));
      } else {
        outputs.add(new Values(prefix + "predictions", shape, false, values));
      }
    }
    return outputs;
  }

  private static float[] largest(float[] values, int classes) {
    float[] largest = new float[values.length / classes];
    for (int i = 0; i < largest.length; i++) {
      largest[i] = Largest.indexOf(values, i * classes, classes);
    }
    return largest;
  }
}
