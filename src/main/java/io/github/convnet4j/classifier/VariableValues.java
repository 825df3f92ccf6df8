package io.github.convnet4j.classifier;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Reads and writes variables by name, as copies on the heap. */
final class VariableValues {
  private final Session session;
  private final Map<String, Access> access = new LinkedHashMap<>();

  private record Access(Variable<TFloat32> variable, Placeholder<TFloat32> value, Op assign) {}

  /** Adds to the graph what writing takes. */
  VariableValues(Ops tf, Session session, Map<String, Variable<TFloat32>> variables) {
    this.session = session;
    Ops scope = tf.withSubScope("restore");
    variables.forEach(
        (name, variable) -> {
          Placeholder<TFloat32> value =
              scope.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
          access.put(name, new Access(variable, value, scope.assign(variable, value)));
        });
  }

  /** All names, in order. */
  List<String> names() {
    return List.copyOf(access.keySet());
  }

  boolean has(String name) {
    return access.containsKey(name);
  }

  /** The shape of a variable that is there. */
  Shape shape(String name) {
    return access.get(name).variable().shape();
  }

  /** The values of a variable that is there, row by row. */
  float[] read(String name) {
    try (Result result = session.runner().fetch(access.get(name).variable()).run()) {
      return Tensors.floats(result.get(0));
    }
  }

  /** What is done with the values of a variable, which must not be kept. */
  interface Use {
    void run(FloatDataBuffer values) throws IOException;
  }

  /** Lends the values of a variable that is there, row by row, without copying them. */
  void lend(String name, Use use) throws IOException {
    try (Result result = session.runner().fetch(access.get(name).variable()).run()) {
      use.run(floats(result.get(0)));
    }
  }

  private static FloatDataBuffer floats(Tensor tensor) {
    return tensor.asRawTensor().data().asFloats();
  }

  /** The first variable whose values are not all finite, if any. */
  Optional<String> firstNotFinite() {
    FloatParts parts = FloatParts.ofUsualLength();
    return names().stream().filter(name -> !isFinite(name, parts)).findFirst();
  }

  private boolean isFinite(String name, FloatParts parts) {
    try (Result result = session.runner().fetch(access.get(name).variable()).run()) {
      return parts.allFinite(floats(result.get(0)));
    }
  }

  /** Bytes that all variables take. */
  long bytes() {
    return access.values().stream()
        .mapToLong(to -> Float.BYTES * to.variable().shape().size())
        .sum();
  }

  /** Gives a variable that is there the values that the buffer is filled with. */
  void fill(String name, Use filling) throws IOException {
    try (TFloat32 tensor = TFloat32.tensorOf(access.get(name).variable().shape())) {
      filling.run(floats(tensor));
      assign(access.get(name), tensor);
    }
  }

  private void assign(Access to, TFloat32 tensor) {
    session.runner().feed(to.value(), tensor).addTarget(to.assign()).run().close();
  }

  /** Gives a variable that is there other values, of which there are as many. */
  void write(String name, float[] values) {
    Access to = access.get(name);
    try (TFloat32 tensor = Tensors.of(to.variable().shape(), values)) {
      assign(to, tensor);
    }
  }
}
