package io.github.convnet4j.classifier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Reads and writes variables by name, as copies on the heap. */
final class VariableValues {
  private final Map<String, Access> access = new LinkedHashMap<>();

  private record Access(Variable<TFloat32> variable, Placeholder<TFloat32> value, Op assign) {}

  /** Adds to the graph what writing takes. */
  VariableValues(Ops tf, Map<String, Variable<TFloat32>> variables) {
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
  float[] read(Session session, String name) {
    try (Result result = session.runner().fetch(access.get(name).variable()).run()) {
      return Tensors.floats(result.get(0));
    }
  }

  /** Gives a variable that is there other values, of which there are as many. */
  void write(Session session, String name, float[] values) {
    Access to = access.get(name);
    try (TFloat32 tensor = Tensors.of(to.variable().shape(), values)) {
      session.runner().feed(to.value(), tensor).addTarget(to.assign()).run().close();
    }
  }
}
