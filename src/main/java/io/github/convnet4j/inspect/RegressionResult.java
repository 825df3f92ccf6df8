package io.github.convnet4j.inspect;

import io.github.convnet4j.evaluate.RegressionReport;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.train.Model;
import java.util.Comparator;
import java.util.List;

/**
 * A model's predictions of numbers, from a single evaluation. Immutable.
 *
 * <p>It keeps the numbers of each example, but not its input.
 */
public final class RegressionResult {
  private static final Comparator<Deviation> WORST_FIRST =
      Comparator.comparingDouble((Deviation deviation) -> -deviation.size())
          .thenComparingInt(Deviation::index);

  private final Sample sample;
  private final int n;
  private final float[] targets; // [examples, n]
  private final float[] predictions; // [examples, n]
  private final Scores scores;
  private final RegressionReport report;
  private final List<Deviation> worst;

  /**
   * A prediction that is far from its target.
   *
   * @param index the example's index in its source
   * @param position the example's position in the sample
   * @param target the number of the target with the largest error
   * @param size that error, divided by the root mean squared error of the target, so that targets
   *     of different units can be compared; infinite if the prediction is not a number
   */
  public record Deviation(int index, int position, int target, double size) {}

  private RegressionResult(Model<float[]> model, Sample sample, int mistakes) {
    this.sample = sample;
    this.n = Math.toIntExact(sample.source().targetShapes().get(0).size());
    this.targets = new float[Math.multiplyExact(sample.size(), n)];
    this.predictions = new float[targets.length];
    this.scores =
        model.evaluate(
            sample.examples(),
            (at, prediction, target) -> {
              System.arraycopy(prediction, 0, predictions, at * n, n);
              System.arraycopy(target.get(0), 0, targets, at * n, n);
            });
    this.report = RegressionReport.of(targets, predictions, n);
    this.worst = worst(mistakes);
  }

  private List<Deviation> worst(int most) {
    Worst<Deviation> found = new Worst<>(most, WORST_FIRST);
    for (int at = 0; at < sample.size(); at++) {
      int largest = 0;
      for (int i = 1; i < n; i++) {
        largest = error(at, i) > error(at, largest) ? i : largest;
      }
      if (error(at, largest) > 0) {
        found.add(new Deviation(sample.index(at), at, largest, error(at, largest)));
      }
    }
    return found.sorted();
  }

  /** Returns an error as a multiple of the target's root mean squared error. */
  private double error(int at, int target) {
    double error = Math.abs((double) prediction(at, target) - target(at, target));
    if (error == 0) {
      return 0;
    }
    return Double.isNaN(error)
        ? Double.POSITIVE_INFINITY
        : error / report.rootMeanSquaredErrors().get(target);
  }

  /**
   * Evaluates a model on the examples of a sample.
   *
   * @param model one whose targets are numbers, {@code [targets]}
   * @param mistakes the number of worst predictions to keep, at least 0
   */
  public static RegressionResult of(Model<float[]> model, Sample sample, int mistakes) {
    return new RegressionResult(model, sample, mistakes);
  }

  /** Returns the examples that the model was evaluated on. */
  public Sample sample() {
    return sample;
  }

  /** Returns the loss and the metrics. */
  public Scores scores() {
    return scores;
  }

  /** Returns how close the predictions are, for each target. */
  public RegressionReport report() {
    return report;
  }

  /** Returns a target of an example, by its position in the sample. */
  public float target(int position, int target) {
    return targets[position * n + target];
  }

  /** Returns a predicted number of an example, by its position in the sample. */
  public float prediction(int position, int target) {
    return predictions[position * n + target];
  }

  /** Returns the predictions that are farthest from their targets, the worst first. */
  public List<Deviation> worst() {
    return worst;
  }
}
