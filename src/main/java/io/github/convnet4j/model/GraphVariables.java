package io.github.convnet4j.model;

import io.github.convnet4j.layer.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** A network's variables in one graph, each created when first asked for. */
final class GraphVariables {
  private final Map<String, Parameter> parameters = new HashMap<>();
  private final Map<String, Variable<TFloat32>> created = new LinkedHashMap<>();
  private final Map<String, Ops> scopes = new HashMap<>();
  private final SeedCounter seeds;
  private Optional<Operand<TFloat32>> regularizationLoss = Optional.empty();

  GraphVariables(Network network, Ops tf, SeedCounter seeds) {
    network.parameters().forEach(p -> parameters.put(p.name(), p));
    scopes.put("", tf);
    this.seeds = seeds;
  }

  /** The variable of this full name. */
  Variable<TFloat32> get(String name) {
    Variable<TFloat32> variable = created.get(name);
    if (variable != null) {
      return variable;
    }
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "a layer asks for the variable %s, but declared no such parameter".formatted(name));
    }
    int slash = name.lastIndexOf('/');
    Ops tf = scope(slash < 0 ? "" : name.substring(0, slash));
    Operand<TFloat32> values =
        parameter.initializer().values(tf, parameter.shape(), seeds::nextOpSeed);
    if (!values.shape().equals(parameter.shape())) {
      throw new IllegalArgumentException(
          "the initializer of %s gives %s instead of %s"
              .formatted(name, values.shape(), parameter.shape()));
    }
    // Not a resource variable: Session.save would silently leave it out.
    variable = tf.withName(name.substring(slash + 1)).variable(values);
    created.put(name, variable);
    return variable;
  }

  /** The name scope of a layer's path; TensorFlow would number it if it were entered again. */
  private Ops scope(String path) {
    Ops known = scopes.get(path);
    if (known != null) {
      return known;
    }
    int slash = path.lastIndexOf('/');
    Ops parent = scope(slash < 0 ? "" : path.substring(0, slash));
    Ops tf = parent.withSubScope(path.substring(slash + 1));
    scopes.put(path, tf);
    return tf;
  }

  /** After an application: a layer that leaves a parameter out would make every count wrong. */
  void checkComplete() {
    for (String name : parameters.keySet()) {
      if (!created.containsKey(name)) {
        throw new IllegalStateException(
            "a layer declared the parameter %s, but never asked for it".formatted(name));
      }
    }
  }

  /** Sum of c * sum of squares. */
  Operand<TFloat32> regularizationLoss() {
    if (regularizationLoss.isEmpty()) {
      regularizationLoss = Optional.of(newRegularizationLoss());
    }
    return regularizationLoss.get();
  }

  private Operand<TFloat32> newRegularizationLoss() {
    Ops tf = scope("").withSubScope("regularization");
    List<Operand<TFloat32>> penalties = new ArrayList<>();
    created.forEach(
        (name, variable) -> {
          Parameter parameter = parameters.get(name);
          if (parameter.trainable() && parameter.l2() > 0) {
            // l2Loss is half the sum of squares. The gradient of square(variable) would crash.
            penalties.add(tf.math.mul(tf.nn.l2Loss(variable), tf.constant(2 * parameter.l2())));
          }
        });
    return penalties.isEmpty() ? tf.constant(0f) : tf.math.addN(penalties);
  }

  List<Variable<TFloat32>> all() {
    checkApplied();
    return List.copyOf(created.values());
  }

  List<Variable<TFloat32>> trainable() {
    checkApplied();
    List<Variable<TFloat32>> trainable = new ArrayList<>();
    created.forEach(
        (name, variable) -> {
          if (parameters.get(name).trainable()) {
            trainable.add(variable);
          }
        });
    return List.copyOf(trainable);
  }

  Variable<TFloat32> named(String name) {
    checkApplied();
    Variable<TFloat32> variable = created.get(name);
    if (variable == null) {
      throw new IllegalArgumentException(
          "no variable is called %s; there are %s".formatted(name, created.keySet()));
    }
    return variable;
  }

  private void checkApplied() {
    if (created.isEmpty() && !parameters.isEmpty()) {
      throw new IllegalStateException("apply the network first: that creates its variables");
    }
  }
}
