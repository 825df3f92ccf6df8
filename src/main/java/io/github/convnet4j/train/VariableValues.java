package io.github.convnet4j.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

/** Reads and writes the values of variables by name. */
final class VariableValues {
  /** Prefix of the names of an optimizer's variables; layer names have no colon. */
  private static final String STATE = "state:";

  private static final long MOST_BYTES_OF_A_RUN = 1 << 26;

  private final Session session;
  private final Map<String, Access> access = new LinkedHashMap<>();

  private record Access(Variable<TFloat32> variable, Placeholder<TFloat32> value, Op assign) {}

  /** Adds the operations for writing to the graph. */
  VariableValues(Ops tf, Session session, Map<String, Variable<TFloat32>> variables) {
    this.session = session;
    add(tf, variables);
  }

  /** Adds the variables of an optimizer, after those there are. */
  void addState(Ops tf, List<Variable<TFloat32>> state) {
    Map<String, Variable<TFloat32>> named = new LinkedHashMap<>();
    state.forEach(variable -> named.put(STATE + variable.op().name(), variable));
    add(tf, named);
  }

  /**
   * Replaces the variables of an optimizer by those of another one of the same kind, which get
   * their names.
   *
   * @return what gives the new variables the values of the old ones, once they are initialized
   */
  Runnable replaceState(Ops tf, List<Variable<TFloat32>> state) {
    List<String> names = names().stream().filter(VariableValues::isState).toList();
    Map<String, float[]> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, read(name)));
    Map<String, Variable<TFloat32>> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), state.get(i));
    }
    add(tf, named);
    return () -> write(names, values::get);
  }

  private void add(Ops tf, Map<String, Variable<TFloat32>> variables) {
    Ops scope = tf.withSubScope("restore");
    variables.forEach(
        (name, variable) -> {
          Placeholder<TFloat32> value =
              scope.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
          access.put(name, new Access(variable, value, scope.assign(variable, value)));
        });
  }

  /** Returns whether this is the name of an optimizer's variable. */
  static boolean isState(String name) {
    return name.startsWith(STATE);
  }

  /** Returns all names, in order. */
  List<String> names() {
    return List.copyOf(access.keySet());
  }

  boolean has(String name) {
    return access.containsKey(name);
  }

  /** Returns the shape of an existing variable. */
  Shape shape(String name) {
    return access.get(name).variable().shape();
  }

  /** Returns a copy of the values of an existing variable, row by row. */
  float[] read(String name) {
    try (Result result = session.runner().fetch(access.get(name).variable()).run()) {
      return Tensors.floats(result.get(0));
    }
  }

  /** Uses the values of a variable; it must not keep the buffer. */
  interface Use {
    void run(FloatDataBuffer values) throws IOException;
  }

  /** Passes on the values of an existing variable, row by row, without copying them. */
  void lend(String name, Use use) throws IOException {
    try (Result result = session.runner().fetch(access.get(name).variable()).run()) {
      use.run(floats(result.get(0)));
    }
  }

  private static FloatDataBuffer floats(Tensor tensor) {
    return tensor.asRawTensor().data().asFloats();
  }

  /** Returns the first variable whose values are not all finite, if any. */
  Optional<String> firstNotFinite() {
    FloatParts parts = FloatParts.ofUsualLength();
    return names().stream().filter(name -> !isFinite(name, parts)).findFirst();
  }

  private boolean isFinite(String name, FloatParts parts) {
    try (Result result = session.runner().fetch(access.get(name).variable()).run()) {
      return parts.allFinite(floats(result.get(0)));
    }
  }

  /** Returns the size of all variables in bytes. */
  long bytes() {
    return access.values().stream()
        .mapToLong(to -> Float.BYTES * to.variable().shape().size())
        .sum();
  }

  /** Sets the values of an existing variable to those that {@code filling} writes to the buffer. */
  void fill(String name, Use filling) throws IOException {
    try (TFloat32 tensor = TFloat32.tensorOf(access.get(name).variable().shape())) {
      filling.run(floats(tensor));
      assign(access.get(name), tensor);
    }
  }

  private void assign(Access to, TFloat32 tensor) {
    session.runner().feed(to.value(), tensor).addTarget(to.assign()).run().close();
  }

  /**
   * Sets the values of existing variables; an array must have as many values as its variable.
   *
   * <p>Variables share a run, because TensorFlow prepares the whole graph for each new set of them.
   */
  void write(List<String> names, Function<String, float[]> values) {
    int from = 0;
    while (from < names.size()) {
      int to = from;
      for (long bytes = 0; to < names.size() && bytes < MOST_BYTES_OF_A_RUN; to++) {
        bytes += Float.BYTES * shape(names.get(to)).size();
      }
      writeInOneRun(names.subList(from, to), values);
      from = to;
    }
  }

  private void writeInOneRun(List<String> names, Function<String, float[]> values) {
    List<TFloat32> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (String name : names) {
        Access to = access.get(name);
        TFloat32 tensor = Tensors.of(to.variable().shape(), values.apply(name));
        tensors.add(tensor);
        runner.feed(to.value(), tensor).addTarget(to.assign());
      }
      runner.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }
}
