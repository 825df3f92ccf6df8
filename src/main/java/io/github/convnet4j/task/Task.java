package io.github.convnet4j.task;

import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.loss.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What an output of a network means: which targets it is trained with, by which loss, and what is
 * predicted from it. {@link Tasks} has the built-in ones. To write your own, implement this
 * interface, preferably as a record: a saved model contains the task component by component.
 *
 * <pre>{@code
 * // An age in years, from logits for the ages 0 to 100.
 * record Age() implements Task<Double> {
 *   public Class<Double> predictionType() { return Double.class; }
 *   public Loss loss() { return Losses.softmaxCrossEntropy(); }
 *   public Double prediction(float[] values, Shape output) {
 *     double mean = 0;
 *     for (int age = 0; age < values.length; age++) {
 *       mean += age * values[age];
 *     }
 *     return mean;
 *   }
 * }
 * }</pre>
 *
 * <p>Shapes are those of one example, without the batch.
 *
 * @param <P> type of a prediction
 */
public interface Task<P> {
  /** Returns the type of a prediction, for example {@code Prediction.class}. */
  Class<P> predictionType();

  /** Returns the loss, whose predictions are passed to {@link #prediction}. */
  Loss loss();

  /**
   * Returns the shape of a target; by default that of the output.
   *
   * @param output shape of the network's output
   * @throws IllegalArgumentException if the output does not suit the task; the message says what it
   *     must be
   */
  default Shape targetShape(Shape output) {
    return output;
  }

  /**
   * Converts targets in the graph to what the loss takes; by default they are used as they are.
   *
   * @param targets {@code [batch, …]}, with the {@link #targetShape}
   * @param output shape of the network's output
   * @return {@code [batch, …]}, with the shape of the output
   */
  default Operand<TFloat32> lossTargets(Ops tf, Operand<TFloat32> targets, Shape output) {
    return targets;
  }

  /**
   * Checks the targets of an example.
   *
   * @param targets an array that contains them
   * @param from where they start
   * @param output shape of the network's output
   * @throws IllegalArgumentException if they do not suit the task; the message names the value, and
   *     the caller adds the example
   */
  default void checkTarget(float[] targets, int from, Shape output) {}

  /**
   * Returns how a target follows if augmentation moves the pixels of its image.
   *
   * @param output shape of the network's output
   * @return by default {@link TargetMovement#NONE} for outputs {@code [n]}, which do not depend on
   *     where things are; otherwise empty, so that augmentation is refused
   */
  default Optional<TargetMovement> targetMovement(Shape output) {
    return output.numDimensions() == 1 ? Optional.of(TargetMovement.NONE) : Optional.empty();
  }

  /**
   * Returns whether the targets of two examples can be mixed, value by value, so that the result is
   * a target that the loss accepts: 70 % of one class and 30 % of another. If not, augmentation
   * that mixes images is refused.
   *
   * @return by default false
   */
  default boolean mixesTargets() {
    return false;
  }

  /**
   * Returns the prediction for one example.
   *
   * @param values what the loss's {@code predictions} returns for the example, row by row; the
   *     array is not used by anyone else
   * @param output shape of the network's output
   */
  P prediction(float[] values, Shape output);

  /** Returns the names of the classes, for tasks that have classes; otherwise none. */
  default List<String> classNames(Shape output) {
    return List.of();
  }

  /** Returns the metrics that are reported unless others are asked for. */
  default List<Metric> metrics(Shape output) {
    return List.of();
  }

  /**
   * Adds what an exported model returns to the graph.
   *
   * @param output the network's output, {@code [batch, …]}
   * @return operands by name, in order
   */
  default Map<String, Operand<?>> exported(Ops tf, Operand<TFloat32> output) {
    Map<String, Operand<?>> exported = new LinkedHashMap<>();
    exported.put(
        "predictions", tf.withName("predictions").identity(loss().predictions(tf, output)));
    return exported;
  }
}
