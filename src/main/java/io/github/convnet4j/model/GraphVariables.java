package io.github.convnet4j.model;

import io.github.convnet4j.check.Require;
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

/** A network's variables in one graph, each created on first use. */
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

  /** Returns the variable with this full name, and creates it if necessary. */
  Variable<TFloat32> get(String name) {
    Variable<TFloat32> variable = created.get(name);
    if (variable != null) {
      return variable;
    }
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "a layer must request only parameters that it declares: it requests %s".formatted(name));
    }
    int slash = name.lastIndexOf('/');
    Ops tf = scope(slash < 0 ? "" : name.substring(0, slash));
    Operand<TFloat32> values =
        Require.result(
            "the initializer of " + name,
            "values",
            parameter.initializer().values(tf, parameter.shape(), seeds::nextOpSeed));
    if (!values.shape().equals(parameter.shape())) {
      throw new IllegalArgumentException(
          "the initializer of %s must return values of shape %s: %s"
              .formatted(name, parameter.shape(), values.shape()));
    }
    // Not a resource variable, because Session.save would silently omit it.
    variable = tf.withName(name.substring(slash + 1)).variable(values);
    created.put(name, variable);
    return variable;
  }

  /** Returns the name scope of a layer's path; entering it again would add a number to its name. */
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

  /** Called after an application: an unused parameter would make all parameter counts wrong. */
  void checkComplete() {
    for (String name : parameters.keySet()) {
      if (!created.containsKey(name)) {
        throw new IllegalStateException(
            "a layer must request every parameter that it declares: it does not request %s"
                .formatted(name));
      }
    }
  }

  /** Returns the sum of c * sum of squares over the trained variables. */
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
            // l2Loss is half the sum of squares. The gradient of square(variable) would crash the
            // process.
            penalties.add(
                tf.math.mul(tf.nn.l2Loss(variable), tf.constant((float) (2 * parameter.l2()))));
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
          "name must be one of the variables %2$s: %1$s".formatted(name, created.keySet()));
    }
    return variable;
  }

  private void checkApplied() {
    if (created.isEmpty() && !parameters.isEmpty()) {
      throw new IllegalStateException("apply the network first: that creates its variables");
    }
  }
}
