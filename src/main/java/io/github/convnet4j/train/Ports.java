package io.github.convnet4j.train;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * The inputs and outputs of a network, by name and in order.
 *
 * @param inputs shape of each input of one example
 * @param outputs shape of each output of one example
 */
record Ports(Map<String, Shape> inputs, Map<String, Shape> outputs) {
  /** Keeps copies in the same order. */
  Ports {
    inputs = new LinkedHashMap<>(inputs);
    outputs = new LinkedHashMap<>(outputs);
  }

  /** Returns the shapes of the inputs, in order. */
  List<Shape> inputShapes() {
    return List.copyOf(inputs.values());
  }

  /** Returns the names of the inputs, in order. */
  List<String> inputNames() {
    return List.copyOf(inputs.keySet());
  }

  /**
   * Returns the shape of the only input.
   *
   * @throws IllegalStateException if there are several
   */
  Shape onlyInput() {
    if (inputs.size() != 1) {
      throw new IllegalStateException(
          "the network has several inputs, so give one array for each: " + inputs.keySet());
    }
    return inputShapes().get(0);
  }

  /** Checks that examples have these inputs. */
  void checkInputs(Source examples, String argument) {
    Require.atLeast("number of " + argument, examples.size(), 1);
    check(examples.inputNames(), inputs, argument, "inputs");
    if (!examples.inputShapes().equals(inputShapes())) {
      throw new IllegalArgumentException(
          inputs.size() == 1
              ? "%s must be of the network's input shape %s: they are %s"
                  .formatted(argument, inputShapes().get(0), shapes(examples.inputShapes()))
              : "%s must have inputs of the network's shapes %s: they have %s"
                  .formatted(argument, inputs, examples.inputShapes()));
    }
  }

  private static Object shapes(List<Shape> shapes) {
    return shapes.size() == 1 ? shapes.get(0) : shapes;
  }

  /**
   * Checks that examples have inputs and targets for these.
   *
   * @param targets shape of each target, in the order of the outputs
   */
  void check(Source examples, List<Shape> targets, String argument) {
    checkInputs(examples, argument);
    check(examples.targetNames(), outputs, argument, "targets");
    if (!examples.targetShapes().equals(targets)) {
      throw new IllegalArgumentException(
          outputs.size() == 1
              ? "%s must have targets of shape %s, for the network's output: they have %s"
                  .formatted(argument, targets.get(0), described(examples.targetShapes()))
              : "%s must have targets of shapes %s, for the network's outputs %s: they have %s"
                  .formatted(argument, targets, outputs.keySet(), examples.targetShapes()));
    }
  }

  private static Object described(List<Shape> shapes) {
    return shapes.isEmpty() ? "none" : shapes(shapes);
  }

  /** Compares names, if the examples have names and there are several. */
  private static void check(
      List<String> names, Map<String, Shape> ports, String argument, String what) {
    if (ports.size() > 1 && !names.isEmpty() && !names.equals(new ArrayList<>(ports.keySet()))) {
      throw new IllegalArgumentException(
          "%s must have the network's %s %s, in this order: it has %s"
              .formatted(argument, what, ports.keySet(), names));
    }
  }
}
