package io.github.convnet4j.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
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

  private static final long BYTES_PER_CALL = 64 << 20;

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
    Map<String, float[]> values = readAll(names);
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
    return readAll(List.of(name)).get(name);
  }

  /** Returns copies of the values of existing variables, in the order of the names. */
  Map<String, float[]> readAll(Collection<String> names) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (List<String> some : calls(names)) {
      try (Result result = fetch(some)) {
        for (int i = 0; i < some.size(); i++) {
          values.put(some.get(i), Tensors.floats(result.get(i)));
        }
      }
    }
    return values;
  }

  /**
   * Divides variables into those of a call of the session. A call for each of them would take
   * minutes for a network of hundreds of layers, because TensorFlow prepares the whole graph for
   * each new set of fetches. One call for all would need as much native memory again.
   */
  private List<List<String>> calls(Collection<String> names) {
    List<List<String>> calls = new ArrayList<>();
    long bytes = 0;
    for (String name : names) {
      long own = Float.BYTES * shape(name).size();
      if (calls.isEmpty() || bytes + own > BYTES_PER_CALL) {
        calls.add(new ArrayList<>());
        bytes = 0;
      }
      calls.get(calls.size() - 1).add(name);
      bytes += own;
    }
    return calls;
  }

  private Result fetch(List<String> names) {
    Session.Runner runner = session.runner();
    names.forEach(name -> runner.fetch(access.get(name).variable()));
    return runner.run();
  }

  /** Uses the values of a variable; it must not keep the buffer. */
  interface Use {
    void run(FloatDataBuffer values) throws IOException;
  }

  /**
   * Passes on the values of existing variables, each row by row and in the order of the names,
   * without copying them.
   */
  void lend(Collection<String> names, Use use) throws IOException {
    for (List<String> some : calls(names)) {
      try (Result result = fetch(some)) {
        for (int i = 0; i < some.size(); i++) {
          use.run(floats(result.get(i)));
        }
      }
    }
  }

  private static FloatDataBuffer floats(Tensor tensor) {
    return tensor.asRawTensor().data().asFloats();
  }

  /** Returns the first variable whose values are not all finite, if any. */
  Optional<String> firstNotFinite() {
    FloatParts parts = FloatParts.ofUsualLength();
    for (List<String> some : calls(names())) {
      try (Result result = fetch(some)) {
        for (int i = 0; i < some.size(); i++) {
          if (!parts.allFinite(floats(result.get(i)))) {
            return Optional.of(some.get(i));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the size of all variables in bytes. */
  long bytes() {
    return access.values().stream()
        .mapToLong(to -> Float.BYTES * to.variable().shape().size())
        .sum();
  }

  /**
   * Sets the values of existing variables, in the order of the names, to those that {@code filling}
   * writes to the buffer.
   */
  void fill(Collection<String> names, Use filling) throws IOException {
    for (List<String> some : calls(names)) {
      List<TFloat32> tensors = new ArrayList<>();
      try {
        for (String name : some) {
          TFloat32 tensor = TFloat32.tensorOf(shape(name));
          tensors.add(tensor);
          filling.run(floats(tensor));
        }
        assign(some, tensors);
      } finally {
        tensors.forEach(Tensor::close);
      }
    }
  }

  /**
   * Sets the values of existing variables.
   *
   * @param values returns as many values for a name as the variable has
   */
  void write(Collection<String> names, Function<String, float[]> values) {
    for (List<String> some : calls(names)) {
      List<TFloat32> tensors = new ArrayList<>();
      try {
        some.forEach(name -> tensors.add(Tensors.of(shape(name), values.apply(name))));
        assign(some, tensors);
      } finally {
        tensors.forEach(Tensor::close);
      }
    }
  }

  private void assign(List<String> names, List<TFloat32> values) {
    Session.Runner runner = session.runner();
    for (int i = 0; i < names.size(); i++) {
      Access to = access.get(names.get(i));
      runner.feed(to.value(), values.get(i)).addTarget(to.assign());
    }
    runner.run().close();
  }
}
