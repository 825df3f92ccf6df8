package io.github.convnet4j.train;

import java.util.List;

/**
 * Receives the prediction for each example of an evaluation, in order, so that nothing has to be
 * predicted a second time; see {@link Model#evaluate(io.github.convnet4j.data.Source,
 * EvaluationListener, io.github.convnet4j.evaluate.Metric...)}.
 *
 * @param <P> type of a prediction
 */
@FunctionalInterface
public interface EvaluationListener<P> {
  /**
   * Called once for each example.
   *
   * @param index the example's index in its source
   * @param prediction what the model predicts
   * @param targets for each output the example's target, row by row; not used by anyone else
   */
  void predicted(int index, P prediction, List<float[]> targets);
}
