package io.github.convnet4j.optimizer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * One step of training in a graph.
 *
 * @param op the target that does the step, each time it is run
 * @param state what the optimizer keeps from one step to the next, and a checkpoint must hold
 *     besides the trained variables; the names are the same whenever the same graph is built
 * @param learningRate a scalar; feed it to train one step at another rate than the optimizer's
 */
public record TrainingStep(Op op, List<Variable<TFloat32>> state, Operand<TFloat32> learningRate) {
  /** Keeps a copy of the list. */
  public TrainingStep {
    state = List.copyOf(state);
  }
}
