package io.github.convnet4j.evaluate;

import java.util.Arrays;
import java.util.Random;
import org.tensorflow.ndarray.Shape;

/** Predictions and targets of some examples, to be added to a tally in batches. */
final class Examples {
  final Shape prediction;
  final Shape target;
  final float[] predictions;
  final float[] targets;

  /**
   * @param prediction the shape of one example's prediction
   * @param target the shape of one example's target
   * @param predictions {@code [examples, ...]}
   * @param targets {@code [examples, ...]}
   */
  Examples(Shape prediction, Shape target, float[] predictions, float[] targets) {
    this.prediction = prediction;
    this.target = target;
    this.predictions = predictions;
    this.targets = targets;
  }

  /** Returns random examples of shapes that suit a built-in metric, with many equal values. */
  static Examples random(Metric metric, int n, long seed) {
    Random random = new Random(seed);
    String name = metric.name();
    Shape shape = name.equals("psnr") ? Shape.of(2, 1, 2) : Shape.of(3);
    int length = n * size(shape);
    float[] predictions = new float[length];
    float[] targets = new float[length];
    for (int i = 0; i < length; i++) {
      predictions[i] = random.nextInt(9) / 8f;
    }
    if (name.startsWith("label") || name.equals("exact_match")) {
      for (int i = 0; i < length; i++) {
        targets[i] = random.nextInt(2);
      }
    } else if (name.contains("error") || name.equals("r2") || name.equals("psnr")) {
      for (int i = 0; i < length; i++) {
        targets[i] = (float) random.nextGaussian();
      }
    } else {
      for (int i = 0; i < n; i++) {
        targets[i * 3 + random.nextInt(3)] = 1;
      }
    }
    return new Examples(shape, shape, predictions, targets);
  }

  int size() {
    return targets.length / size(target);
  }

  private static int size(Shape shape) {
    return (int) shape.size();
  }

  /** Returns a tally of all examples, added in batches of the given size. */
  Metric.Tally tally(Metric metric, int batchSize) {
    Metric.Tally tally = metric.tally(prediction, target);
    add(tally, 0, size(), batchSize);
    return tally;
  }

  /** Adds all examples at once. */
  void add(Metric.Tally tally) {
    add(tally, 0, size(), size());
  }

  /** Adds the examples from {@code from} to below {@code end}. */
  void add(Metric.Tally tally, int from, int end, int batchSize) {
    for (int first = from; first < end; first += batchSize) {
      int next = Math.min(end, first + batchSize);
      tally.add(
          next - first,
          Arrays.copyOfRange(predictions, first * size(prediction), next * size(prediction)),
          Arrays.copyOfRange(targets, first * size(target), next * size(target)));
    }
  }
}
