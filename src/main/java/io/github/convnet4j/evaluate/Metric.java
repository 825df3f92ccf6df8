package io.github.convnet4j.evaluate;

import org.tensorflow.ndarray.Shape;

/**
 * A number that says how good predictions are, such as the accuracy. {@link Metrics} has the
 * built-in ones.
 *
 * <p>A metric is an immutable value. Its {@link Tally} receives the predictions batch by batch, as
 * plain arrays, and so needs no memory for all of them. The shapes of one example are:
 *
 * <table>
 * <caption>Predictions and targets</caption>
 * <tr><th>task</th><th>prediction</th><th>target</th></tr>
 * <tr><td>classification</td><td>{@code [classes]}, probabilities</td>
 *     <td>{@code [classes]}, 1 for the example's class, otherwise 0; or probabilities, of which the
 *     largest is the class</td></tr>
 * <tr><td>segmentation</td><td>{@code [height, width, classes]}, probabilities</td>
 *     <td>{@code [height, width]}, the number of each pixel's class, from 0; any other whole number,
 *     such as 255, means that the pixel is not labelled and does not count</td></tr>
 * <tr><td>several labels</td><td>{@code [labels]}, probabilities</td>
 *     <td>{@code [labels]}, 1 for a label that the example has, otherwise 0</td></tr>
 * <tr><td>regression</td><td>{@code [n]}</td><td>{@code [n]}</td></tr>
 * <tr><td>reconstruction</td><td>{@code [height, width, channels]}</td>
 *     <td>{@code [height, width, channels]}</td></tr>
 * </table>
 *
 * <p>A metric of your own, the share of predictions that are off by at most a tolerance:
 *
 * <pre>{@code
 * record Within(double tolerance) implements Metric {
 *   public String name() {
 *     return "within";
 *   }
 *
 *   public Metric.Tally tally(Shape prediction, Shape target) {
 *     if (!prediction.equals(target)) {
 *       throw new IllegalArgumentException(
 *           "within needs a target for each output, but the output is %s and the target %s"
 *               .formatted(prediction, target));
 *     }
 *     return new Metric.Tally() {
 *       private long close;
 *       private long total;
 *
 *       public void add(int examples, float[] predictions, float[] targets) {
 *         for (int i = 0; i < targets.length; i++) {
 *           close += Math.abs(predictions[i] - targets[i]) <= tolerance ? 1 : 0;
 *         }
 *         total += targets.length;
 *       }
 *
 *       public double value() {
 *         return (double) close / total; // NaN for 0 / 0
 *       }
 *
 *       public double[] state() {
 *         return new double[] {close, total};
 *       }
 *
 *       public void restore(double[] state) {
 *         if (state.length != 2) {
 *           throw new IllegalArgumentException(
 *               "state of within must have 2 numbers: " + state.length);
 *         }
 *         close = (long) state[0];
 *         total = (long) state[1];
 *       }
 *     };
 *   }
 * }
 * }</pre>
 */
public interface Metric {
  /**
   * Returns the name under which the value is reported: lower case letters, digits and underscores,
   * such as {@code f1}. The metrics of one training run must have different names.
   */
  String name();

  /**
   * Returns an empty tally.
   *
   * @param prediction the shape of one example's prediction, without the batch
   * @param target the shape of one example's target, without the batch
   * @throws IllegalArgumentException if the metric does not suit these shapes; the message names
   *     the metric and the shapes
   */
  Tally tally(Shape prediction, Shape target);

  /** Returns whether a larger value is a better one, as for the accuracy; false for an error. */
  default boolean higherIsBetter() {
    return true;
  }

  /**
   * Computes a metric over batches of examples. The value must not depend on how the examples are
   * divided into batches, since a run that resumes in the middle of an epoch may divide them
   * differently. Not safe for use by several threads.
   */
  interface Tally {
    /**
     * Adds a batch.
     *
     * @param examples the number of examples in the batch
     * @param predictions {@code [examples, ...]}, row by row; must not be changed or kept
     * @param targets {@code [examples, ...]}, row by row; must not be changed or kept
     * @throws IllegalArgumentException if an array does not have the length that belongs to {@code
     *     examples}, or if a target is not valid
     */
    void add(int examples, float[] predictions, float[] targets);

    /** Returns the value for all examples added so far; NaN if it is not defined for them. */
    double value();

    /**
     * Returns everything that was added so far, for a checkpoint in the middle of an epoch. A tally
     * restored from it continues with exactly the same numbers.
     */
    double[] state();

    /**
     * Replaces everything that was added so far.
     *
     * @param state from {@link #state()} of a tally of the same metric and shapes
     * @throws IllegalArgumentException if it is not such a state
     */
    void restore(double[] state);
  }
}
