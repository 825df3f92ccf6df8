package io.github.convnet4j.evaluate;

import java.util.function.DoubleUnaryOperator;
import org.tensorflow.ndarray.Shape;

/** The peak signal-to-noise ratio of images from 0 to 1, averaged over the images. */
record Psnr() implements Metric {
  private static final int RANK = 3;

  @Override
  public String name() {
    return "psnr";
  }

  @Override
  public Tally tally(Shape prediction, Shape target) {
    if (!BatchLayout.known(prediction)
        || prediction.numDimensions() != RANK
        || !prediction.equals(target)) {
      throw BatchLayout.unsuitable(
          name(), "images of the same shape, [height, width, channels]", prediction, target);
    }
    BatchLayout layout = BatchLayout.of(prediction, target);
    return new MeanTally(
        name(),
        (examples, predictions, targets, mean) -> {
          layout.check(examples, predictions, targets);
          int size = Math.toIntExact(prediction.size());
          for (int i = 0; i < examples; i++) {
            mean.accept(decibels(predictions, targets, i * size, size));
          }
        },
        DoubleUnaryOperator.identity());
  }

  private static double decibels(float[] predictions, float[] targets, int from, int size) {
    RunningSum squares = new RunningSum();
    for (int i = from; i < from + size; i++) {
      double error = (double) predictions[i] - targets[i];
      squares.add(error * error);
    }
    return -10 * Math.log10(squares.value() / size);
  }

  @Override
  public String toString() {
    return name();
  }
}
