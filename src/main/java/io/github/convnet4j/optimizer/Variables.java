package io.github.convnet4j.optimizer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Checks the variables that are to be trained, and their gradients. */
final class Variables {
  private Variables() {}

  static void check(Graph graph, List<Variable<TFloat32>> variables) {
    if (variables.isEmpty()) {
      throw new IllegalArgumentException(
          "variables must contain at least one variable to train: []");
    }
    Set<String> names = new HashSet<>();
    for (Variable<TFloat32> variable : variables) {
      String name = variable.op().name();
      if (variable.env() != graph) {
        throw new IllegalArgumentException(
            "variables must be in the given graph: " + name + " is not");
      }
      if (!names.add(name)) {
        throw new IllegalArgumentException("variables must not contain a variable twice: " + name);
      }
      if (variable.shape().hasUnknownDimension()) {
        throw new IllegalArgumentException(
            "variables must have a known shape: " + name + " has " + variable.shape());
      }
    }
  }

  static void checkGradients(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    if (gradients.size() != variables.size()) {
      throw new IllegalArgumentException(
          "gradients must contain one for each of the "
              + variables.size()
              + " variables: "
              + gradients.size());
    }
    for (int i = 0; i < gradients.size(); i++) {
      Operand<TFloat32> gradient = gradients.get(i);
      Variable<TFloat32> variable = variables.get(i);
      if (gradient.env() != graph) {
        throw new IllegalArgumentException(
            "gradients must be in the given graph: " + gradient.op().name() + " is not");
      }
      if (!gradient.shape().isCompatibleWith(variable.shape())) {
        throw new IllegalArgumentException(
            "the gradient of "
                + variable.op().name()
                + " must have the shape "
                + variable.shape()
                + ": "
                + gradient.shape());
      }
    }
  }
}
