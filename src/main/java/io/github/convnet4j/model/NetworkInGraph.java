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
 * A network's variables in a graph of the user's own, and its applications there, all of which
 * share these variables. Train it with whatever optimizer, next to whatever operations:
 *
 * <pre>{@code
 * NetworkInGraph net = network.build(tf, "net", 777);
 * Applied training = net.apply(images, Mode.TRAINING, step);
 * Operand<TFloat32> loss =
 *     tf.math.add(crossEntropy(training.output(), labels), training.regularizationLoss());
 * // each step: the optimizer's operation over net.trainableVariables() and training.updates()
 * Operand<TFloat32> logits = net.apply(images, Mode.INFERENCE).output();
 * }</pre>
 *
 * <p>Take gradients by {@code graph.addGradients} for the trainable variables: framework's {@code
 * optimizer.minimize(loss)} asks for those of all variables, and fails where one is not trained.
 * Those of framework's optimizers that keep a state (all but gradient descent) refuse the slash in
 * the variables' names besides: hand them {@code tf.withName("w0").refIdentity(variable)}.
 *
 * <p>The random operations, first values of weights and stateful layers of the user's own, have the
 * seeds (seed, 0), (seed, 1), … in the order in which they are created: layer after layer in the
 * first application, a layer's variables where the layer asks for them. Apply for training first to
 * have both counted in the network's order.
 *
 * <p>Not safe for use by several threads at once, as building a graph is not.
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
      throw new IllegalArgumentException("tf must be a graph's operations: it is an eager session");
    }
    this.seeds = new SeedCounter(seed);
    this.rewrites = Rewrite.set(rewrites);
    this.variables = new GraphVariables(network, this.tf.withSubScope(scope), seeds);
  }

  /** The network's description. */
  public Network network() {
    return network;
  }

  /**
   * Applies a network without dropout, or for inference.
   *
   * @see #apply(Operand, Mode, Operand)
   */
  public Applied apply(Operand<TFloat32> input, Mode mode) {
    return apply(input, mode, Optional.empty());
  }

  /**
   * Applies the network.
   *
   * @param input {@code [batch, …]} with the network's input shape
   * @param mode training or inference
   * @param step a scalar that differs from training step to training step: dropout draws its mask
   *     from it. Not used in inference
   * @throws IllegalArgumentException if the input's shape is another or an operand is of another
   *     graph
   */
  public Applied apply(Operand<TFloat32> input, Mode mode, Operand<TInt64> step) {
    return apply(input, mode, Optional.of(step));
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
          "input must be [batch, …] with %s for one example: %s"
              .formatted(network.input(), input.shape()));
    }
  }

  private void checkStep(Operand<TInt64> step) {
    checkGraph(step, "step");
    if (!step.shape().isCompatibleWith(Shape.scalar())) {
      throw new IllegalArgumentException("step must be a scalar: " + step.shape());
    }
  }

  /** An operand of another graph would take the process down. */
  private void checkGraph(Operand<?> operand, String argument) {
    if (operand.env() != tf.scope().env()) {
      throw new IllegalArgumentException(argument + " is an operand of another graph");
    }
  }

  /**
   * All variables, in the order in which the layers asked for them.
   *
   * @throws IllegalStateException before the first application, which creates them
   */
  public List<Variable<TFloat32>> variables() {
    return variables.all();
  }

  /**
   * The variables to train: no statistics, no frozen layers.
   *
   * @throws IllegalStateException before the first application, which creates them
   */
  public List<Variable<TFloat32>> trainableVariables() {
    return variables.trainable();
  }

  /**
   * The variable of this name, {@code "conv2d_1/kernel"} say; {@link Network#parameters} has the
   * names.
   *
   * @throws IllegalStateException before the first application, which creates them
   * @throws IllegalArgumentException if there is none
   */
  public Variable<TFloat32> variable(String name) {
    return variables.named(name);
  }
}
