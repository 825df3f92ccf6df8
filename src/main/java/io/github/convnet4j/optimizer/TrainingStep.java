package io.github.convnet4j.optimizer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * A training step in a graph.
 *
 * @param op the target operation; each run does one step
 * @param state the variables that the optimizer keeps from one step to the next; a checkpoint must
 *     contain them as well as the trained variables. Their names are the same each time the same
 *     graph is built
 * @param learningRate a scalar; feed it to use another learning rate than the optimizer's for a
 *     step
 */
public record TrainingStep(Op op, List<Variable<TFloat32>> state, Operand<TFloat32> learningRate) {
  /** Keeps a copy of the list. */
  public TrainingStep {
    state = List.copyOf(state);
  }
}
