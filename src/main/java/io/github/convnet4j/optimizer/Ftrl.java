package io.github.convnet4j.optimizer;

import io.github.convnet4j.check.Require;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * FTRL-Proximal, "follow the regularized leader".
 *
 * <p>Sources: McMahan et al., Ad Click Prediction: a View from the Trenches, 2013; Python's {@code
 * FtrlOptimizer}.
 *
 * @param learningRate the step size, above 0
 * @param learningRatePower exponent with which the step size decreases with the sum of the squared
 *     gradients, at most 0; 0 for a constant step size, -0.5 in the paper
 * @param initialAccumulator initial value of that sum, at least 0
 * @param l1 the strength of the L1 penalty, at least 0
 * @param l2 the strength of the L2 penalty, at least 0, which stabilizes the weights
 * @param l2Shrinkage the strength of an L2 penalty on the weights' magnitude, at least 0, that acts
 *     as if it were part of the loss
 */
public record Ftrl(
    double learningRate,
    double learningRatePower,
    double initialAccumulator,
    double l1,
    double l2,
    double l2Shrinkage)
    implements Optimizer {
  /** Checks the settings. */
  public Ftrl {
    Require.positiveFloat("learningRate", learningRate);
    if (!(learningRatePower <= 0 && Float.isFinite((float) learningRatePower))) {
      throw new IllegalArgumentException(
          "learningRatePower must be 0 or a negative, finite 32-bit float: " + learningRatePower);
    }
    Require.notNegativeFloat("initialAccumulator", initialAccumulator);
    Require.notNegativeFloat("l1", l1);
    Require.notNegativeFloat("l2", l2);
    Require.notNegativeFloat("l2Shrinkage", l2Shrinkage);
  }

  /** Returns a copy with this {@code learningRatePower}. */
  public Ftrl learningRatePower(double learningRatePower) {
    return new Ftrl(learningRate, learningRatePower, initialAccumulator, l1, l2, l2Shrinkage);
  }

  /** Returns a copy with this {@code initialAccumulator}. */
  public Ftrl initialAccumulator(double initialAccumulator) {
    return new Ftrl(learningRate, learningRatePower, initialAccumulator, l1, l2, l2Shrinkage);
  }

  /** Returns a copy with this {@code l1}. */
  public Ftrl l1(double l1) {
    return new Ftrl(learningRate, learningRatePower, initialAccumulator, l1, l2, l2Shrinkage);
  }

  /** Returns a copy with this {@code l2}. */
  public Ftrl l2(double l2) {
    return new Ftrl(learningRate, learningRatePower, initialAccumulator, l1, l2, l2Shrinkage);
  }

  /** Returns a copy with this {@code l2Shrinkage}. */
  public Ftrl l2Shrinkage(double l2Shrinkage) {
    return new Ftrl(learningRate, learningRatePower, initialAccumulator, l1, l2, l2Shrinkage);
  }

  @Override
  public TrainingStep apply(
      Graph graph,
      List<Variable<TFloat32>> variables,
      List<? extends Operand<TFloat32>> gradients) {
    StepBuilder step = StepBuilder.of(graph, learningRate, variables, gradients);
    Operand<TFloat32> l1Value = step.constant(l1);
    Operand<TFloat32> l2Value = step.constant(l2);
    Operand<TFloat32> shrinkageValue = step.constant(l2Shrinkage);
    Operand<TFloat32> powerValue = step.constant(learningRatePower);
    return step.build(
        (tf, variable, gradient) ->
            List.of(
                tf.train.applyFtrl(
                    variable,
                    step.slot(variable, "accumulator", initialAccumulator),
                    step.slot(variable, "linear", 0),
                    gradient,
                    step.learningRate(),
                    l1Value,
                    l2Value,
                    shrinkageValue,
                    powerValue)));
  }
}
