package io.github.convnet4j.optimizer;

import io.github.convnet4j.check.Require;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * RMSProp: {@code s = decay s + (1 - decay) g²}, {@code a = momentum a + learningRate g / sqrt(s +
 * epsilon)}, {@code w -= a}. In the centered version, the square of the gradients' running mean is
 * subtracted from {@code s} under the root. {@code s} starts at 1.
 *
 * <p>Sources: Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6.5, 2012;
 * Python's {@code RMSPropOptimizer}.
 *
 * @param learningRate the step size, above 0
 * @param decay decay rate of the running mean of the squares, in [0, 1)
 * @param momentum share of the previous step that is added to each step, in [0, 1)
 * @param epsilon keeps the divisor from being 0, above 0
 * @param isCentered whether to divide by the standard deviation instead of the root mean square
 */
public record RmsProp(
    double learningRate, double decay, double momentum, double epsilon, boolean isCentered)
    implements Optimizer {
  /** Checks the settings. */
  public RmsProp {
    Require.positiveFloat("learningRate", learningRate);
    Require.fractionFloat("decay", decay);
    Require.fractionFloat("momentum", momentum);
    Require.positiveFloat("epsilon", epsilon);
  }

  /** Returns a copy with this {@code decay}. */
  public RmsProp decay(double decay) {
    return new RmsProp(learningRate, decay, momentum, epsilon, isCentered);
  }

  /** Returns a copy with this {@code momentum}. */
  public RmsProp momentum(double momentum) {
    return new RmsProp(learningRate, decay, momentum, epsilon, isCentered);
  }

  /** Returns a copy with this {@code epsilon}. */
  public RmsProp epsilon(double epsilon) {
    return new RmsProp(learningRate, decay, momentum, epsilon, isCentered);
  }

  /** Returns a centered copy. */
  public RmsProp centered() {
    return new RmsProp(learningRate, decay, momentum, epsilon, true);
  }

  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
    Operand<TFloat32> decayValue = step.constant(decay);
    Operand<TFloat32> momentumValue = step.constant(momentum);
    Operand<TFloat32> epsilonValue = step.constant(epsilon);
    return step.build(
        (tf, variable, gradient) -> {
          Variable<TFloat32> square = step.slot(variable, "rms", 1);
          Variable<TFloat32> last = step.slot(variable, "momentum", 0);
          return List.of(
              isCentered
                  ? tf.train.applyCenteredRmsProp(
                      variable,
                      step.slot(variable, "mean", 0),
                      square,
                      last,
                      step.learningRate(),
                      decayValue,
                      momentumValue,
                      epsilonValue,
                      gradient)
                  : tf.train.applyRmsProp(
                      variable,
                      square,
                      last,
                      step.learningRate(),
                      decayValue,
                      momentumValue,
                      epsilonValue,
                      gradient));
        });
  }
}
