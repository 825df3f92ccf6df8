package io.github.convnet4j.model;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.natives.GraphOps;
import java.util.List;
import java.util.Locale;
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

  NetworkInGraph(Network network, Ops tf, String scope, long seed, Set<Rewrite> rewrites) {
    this.network = network;
    this.tf = GraphOps.of(requireNonNull(tf, "tf"));
    this.scope = requireNonNull(scope, "scope");
    if (!tf.scope().env().isGraph()) {
      throw new IllegalArgumentException(
          "tf must belong to a graph: it belongs to an eager session");
    }
    this.seeds = new SeedCounter(seed);
    this.rewrites = Rewrite.set(rewrites);
    this.variables = new GraphVariables(network, this.tf.withSubScope(scope), seeds);
  }

  /** Returns the description of the network. */
  public Network network() {
    return network;
  }

  /**
   * Applies the network for inference, or for training if it has no dropout.
   *
   * @see #apply(Operand, Mode, Operand)
   */
  public Applied apply(Operand<TFloat32> input, Mode mode) {
    return apply(input, mode, Optional.empty());
  }

  /**
   * Applies the network.
   *
   * @param input {@code [batch, …]}, with the network's input shape
   * @param mode training or inference
   * @param step a scalar that differs in each training step: dropout derives its mask from it. Not
   *     used in inference
   * @throws IllegalArgumentException if the input has another shape, or an operand belongs to
   *     another graph
   */
  public Applied apply(Operand<TFloat32> input, Mode mode, Operand<TInt64> step) {
    return apply(input, mode, Optional.of(step));
  }

  public Applied apply(List<Operand<TFloat32>> inputs, Mode mode) {
    return apply(inputs.get(0), mode, Optional.empty());
  }

  public Applied apply(List<Operand<TFloat32>> inputs, Mode mode, Operand<TInt64> step) {
    return apply(inputs.get(0), mode, Optional.of(step));
  }

  private Applied apply(Operand<TFloat32> input, Mode mode, Optional<Operand<TInt64>> step) {
    requireNonNull(mode, "mode");
    checkInput(input);
    step.ifPresent(this::checkStep);
    Ops ops = tf.withSubScope(scope + "_" + mode.name().toLowerCase(Locale.ROOT));
    Application application = new Application(network, variables, seeds, rewrites, mode, step);
    Operand<TFloat32> output = application.build(ops, input);
    variables.checkComplete();
    return new Applied(output, application.updates(), variables.regularizationLoss());
  }

  private void checkInput(Operand<TFloat32> input) {
    checkGraph(input, "input");
    Shape expected = network.input().prepend(Shape.UNKNOWN_SIZE);
    if (!input.shape().isCompatibleWith(expected)) {
      throw new IllegalArgumentException(
          "input must have the shape [batch, …], with %s for each example: %s"
              .formatted(network.input(), input.shape()));
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
