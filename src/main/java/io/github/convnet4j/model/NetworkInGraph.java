package io.github.convnet4j.model;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.natives.GraphOps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A network in a graph of your own: its variables, and its applications, which all share these
 * variables. Train it with any optimizer and combine it with any operations:
 *
 * <pre>{@code
 * NetworkInGraph net = network.build(tf, "net", 777);
 * Applied training = net.apply(images, Mode.TRAINING, step);
 * Operand<TFloat32> loss =
 *     tf.math.add(crossEntropy(training.output(), labels), training.regularizationLoss());
 * // in each step run training.updates() and the optimizer's operation for net.trainableVariables()
 * Operand<TFloat32> logits = net.apply(images, Mode.INFERENCE).output();
 * }</pre>
 *
 * <p>A network with several inputs takes them by name, {@code net.apply(Map.of("image", images,
 * "age", ages), Mode.INFERENCE)}, or as a list in the network's order.
 *
 * <p>With an optimizer of TensorFlow's framework, compute the gradients with {@code
 * graph.addGradients} for the trainable variables: its {@code optimizer.minimize(loss)} needs
 * gradients for all variables and fails if one is not trained. Framework optimizers with state (all
 * but gradient descent) also reject the slash in the variables' names: pass them {@code
 * tf.withName("w0").refIdentity(variable)}.
 *
 * <p>Stateful random operations, which compute initial weights or belong to custom layers, have the
 * seeds (seed, 0), (seed, 1), … in the order of their creation: layer by layer in the first
 * application, with a layer's variables when the layer requests them. Apply the network for
 * training first, so that all of them are numbered in the network's order.
 *
 * <p>Not safe for use by several threads at the same time, because building a graph is not.
 */
public final class NetworkInGraph {
  private final Network network;
  private final Ops tf;
  private final String scope;
  private final GraphVariables variables;
  private final SeedCounter seeds;
  private final Set<Rewrite> rewrites;
  private final Set<Mode> mixedPrecision;

  NetworkInGraph(
      Network network,
      Ops tf,
      String scope,
      long seed,
      Set<Rewrite> rewrites,
      Set<Mode> mixedPrecision) {
    this.network = network;
    this.tf = GraphOps.of(requireNonNull(tf, "tf"));
    this.scope = requireNonNull(scope, "scope");
    if (!tf.scope().env().isGraph()) {
      throw new IllegalArgumentException(
          "tf must belong to a graph: it belongs to an eager session");
    }
    this.seeds = new SeedCounter(seed);
    this.rewrites = Rewrite.set(rewrites);
    this.mixedPrecision = Set.copyOf(mixedPrecision);
    this.variables = new GraphVariables(network, this.tf.withSubScope(scope), seeds);
  }

  /** Returns the description of the network. */
  public Network network() {
    return network;
  }

  /**
   * Applies a network with one input for inference, or for training if it has no dropout.
   *
   * @see #apply(Map, Mode, Operand)
   */
  public Applied apply(Operand<TFloat32> input, Mode mode) {
    return apply(List.of(input), mode);
  }

  /**
   * Applies a network with one input.
   *
   * @see #apply(Map, Mode, Operand)
   */
  public Applied apply(Operand<TFloat32> input, Mode mode, Operand<TInt64> step) {
    return apply(List.of(input), mode, step);
  }

  /**
   * Applies the network to inputs in its order, for inference, or for training if it has no
   * dropout.
   *
   * @see #apply(Map, Mode, Operand)
   */
  public Applied apply(List<? extends Operand<TFloat32>> inputs, Mode mode) {
    return apply(named(inputs), mode, Optional.empty());
  }

  /**
   * Applies the network to inputs in its order.
   *
   * @see #apply(Map, Mode, Operand)
   */
  public Applied apply(List<? extends Operand<TFloat32>> inputs, Mode mode, Operand<TInt64> step) {
    return apply(named(inputs), mode, Optional.of(step));
  }

  /**
   * Applies the network to inputs by name, for inference, or for training if it has no dropout.
   *
   * @see #apply(Map, Mode, Operand)
   */
  public Applied apply(Map<String, ? extends Operand<TFloat32>> inputs, Mode mode) {
    return apply(inputs, mode, Optional.empty());
  }

  /**
   * Applies the network.
   *
   * @param inputs each {@code [batch, …]}, with the shape of the network's input of that name
   * @param mode training or inference
   * @param step a scalar that differs in each training step: dropout derives its mask from it. Not
   *     used in inference
   * @throws IllegalArgumentException if an input is missing, unknown or has another shape, or an
   *     operand belongs to another graph
   */
  public Applied apply(
      Map<String, ? extends Operand<TFloat32>> inputs, Mode mode, Operand<TInt64> step) {
    return apply(inputs, mode, Optional.of(step));
  }

  private Map<String, Operand<TFloat32>> named(List<? extends Operand<TFloat32>> inputs) {
    if (inputs.size() != network.inputs().size()) {
      throw new IllegalArgumentException(
          "inputs must be one operand for each of the network's inputs %s: %d"
              .formatted(network.inputs().keySet(), inputs.size()));
    }
    Map<String, Operand<TFloat32>> named = new LinkedHashMap<>();
    for (String name : network.inputs().keySet()) {
      named.put(name, inputs.get(named.size()));
    }
    return named;
  }

  private Applied apply(
      Map<String, ? extends Operand<TFloat32>> inputs, Mode mode, Optional<Operand<TInt64>> step) {
    requireNonNull(mode, "mode");
    if (!inputs.keySet().equals(network.inputs().keySet())) {
      throw new IllegalArgumentException(
          "inputs must have the names of the network's inputs %s: %s"
              .formatted(network.inputs().keySet(), inputs.keySet()));
    }
    Map<String, Operand<TFloat32>> operands = new LinkedHashMap<>(inputs);
    operands.forEach(this::checkInput);
    step.ifPresent(this::checkStep);
    Ops ops = tf.withSubScope(scope + "_" + mode.name().toLowerCase(Locale.ROOT));
    return new Application(network, variables, seeds, rewrites, mixedPrecision, mode, step)
        .build(ops, operands);
  }

  private void checkInput(String name, Operand<TFloat32> input) {
    String argument = network.inputs().size() == 1 ? "input" : "input " + name;
    requireNonNull(input, argument);
    checkGraph(input, argument);
    Shape expected = network.inputs().get(name);
    if (!input.shape().isCompatibleWith(expected.prepend(Shape.UNKNOWN_SIZE))) {
      throw new IllegalArgumentException(
          "%s must have the shape [batch, …], with %s for each example: %s"
              .formatted(argument, expected, input.shape()));
    }
  }

  private void checkStep(Operand<TInt64> step) {
    checkGraph(step, "step");
    if (!step.shape().isCompatibleWith(Shape.scalar())) {
      throw new IllegalArgumentException("step must be a scalar: " + step.shape());
    }
  }

  /** An operand of another graph would crash the process. */
  private void checkGraph(Operand<?> operand, String argument) {
    if (operand.env() != tf.scope().env()) {
      throw new IllegalArgumentException(
          argument + " must be an operand of the same graph as tf: " + operand.op().name());
    }
  }

  /**
   * Returns all variables, in the order in which the layers requested them.
   *
   * @throws IllegalStateException before the first application, which creates them
   */
  public List<Variable<TFloat32>> variables() {
    return variables.all();
  }

  /**
   * Returns the variables to train: without moving statistics and frozen layers.
   *
   * @throws IllegalStateException before the first application, which creates them
   */
  public List<Variable<TFloat32>> trainableVariables() {
    return variables.trainable();
  }

  /**
   * Returns the variable with this name, for example {@code "conv2d_1/kernel"}; {@link
   * Network#parameters} has the names.
   *
   * @throws IllegalStateException before the first application, which creates them
   * @throws IllegalArgumentException if there is no variable of that name
   */
  public Variable<TFloat32> variable(String name) {
    return variables.named(name);
  }
}
