package io.github.convnet4j.train;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.data.ExampleBatch;
import io.github.convnet4j.data.Source;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How pixels from 0 to 1 are normalized before the network sees them, in training and in inference:
 * not at all, or {@code (pixel - mean) / standardDeviation} for each channel. The normalization is
 * part of the graph and is saved and exported with it.
 *
 * @param mean the mean of each channel, or one for all; empty to leave the pixels as they are
 * @param standardDeviation the standard deviation of each channel, above 0; one for each mean
 */
public record Normalization(List<Double> mean, List<Double> standardDeviation) {
  public Normalization {
    mean = List.copyOf(mean);
    standardDeviation = List.copyOf(standardDeviation);
    if (mean.size() != standardDeviation.size()) {
      throw new IllegalArgumentException(
          "standardDeviation must have one value for each mean: the means are %s, the standard deviations %s"
              .formatted(mean, standardDeviation));
    }
    for (double value : mean) {
      if (!Float.isFinite((float) value)) {
        throw new IllegalArgumentException("mean must be finite 32-bit floats: " + mean);
      }
    }
    for (double value : standardDeviation) {
      if (!((float) value > 0 && Float.isFinite((float) value))) {
        throw new IllegalArgumentException(
            "standardDeviation must be finite 32-bit floats above 0: " + standardDeviation);
      }
    }
  }

  /** Returns the normalization that leaves pixels from 0 to 1 as they are. */
  public static Normalization unit() {
    return new Normalization(List.of(), List.of());
  }

  /** Returns the normalization with one mean and one standard deviation for all channels. */
  public static Normalization of(double mean, double standardDeviation) {
    return new Normalization(List.of(mean), List.of(standardDeviation));
  }

  /**
   * Returns the normalization after which black, 0, and white, 1, have these values. Networks that
   * were trained elsewhere often take values from 0 to 255 or from -1 to 1:
   *
   * <pre>{@code
   * ModelOptions.defaults().normalization(Normalization.toRange(-1, 1))
   * }</pre>
   *
   * @param black finite
   * @param white finite and above {@code black}
   */
  public static Normalization toRange(double black, double white) {
    Require.finite("black", black);
    Require.finite("white", white);
    double span = white - black;
    if (span <= 0) {
      throw new IllegalArgumentException(
          "white must be above black, %s: %s".formatted(black, white));
    }
    return black == 0 && white == 1 ? unit() : of((0 - black) / span, 1 / span);
  }

  /**
   * Returns the normalization with the means and standard deviations of the channels of these
   * images, which should be the training images.
   *
   * @param images with one input, {@code [height, width, channels]}
   * @throws IllegalArgumentException if they are not images, or all pixels of a channel have the
   *     same value
   */
  public static Normalization of(Source images) {
    List<Shape> inputs = images.inputShapes();
    if (inputs.size() != 1 || !isImage(inputs.get(0))) {
      throw new IllegalArgumentException(
          "images must have one input, [height, width, channels]: they have " + inputs);
    }
    Shape image = inputs.get(0);
    int channels = Math.toIntExact(image.get(2));
    double[] sum = new double[channels];
    double[] squares = new double[channels];
    ExampleBatch example = images.newBatch(1);
    for (int i = 0; i < images.size(); i++) {
      images.fill(new int[] {i}, example);
      float[] pixels = example.input();
      for (int p = 0; p < pixels.length; p++) {
        sum[p % channels] += pixels[p];
        squares[p % channels] += (double) pixels[p] * pixels[p];
      }
    }
    double n = (double) images.size() * image.get(0) * image.get(1);
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      double mean = sum[c] / n;
      means.add(roundedToFloat(mean));
      deviations.add(roundedToFloat(Math.sqrt(Math.max(0, squares[c] / n - mean * mean))));
    }
    return new Normalization(means, deviations);
  }

  /** Returns the number with the fewest digits that the graph rounds to the same 32-bit float. */
  private static double roundedToFloat(double value) {
    return Double.parseDouble(Float.toString((float) value));
  }

  boolean isUnit() {
    return mean.isEmpty();
  }

  /**
   * Adds the normalization to a graph, if any operations are needed.
   *
   * @param images {@code [batch, height, width, channels]}, from 0 to 1
   * @return the normalized images, of the same shape
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> images) {
    if (isUnit()) {
      return images;
    }
    Ops scope = tf.withSubScope("normalization");
    return scope.math.div(
        scope.math.sub(images, scope.constant(array(mean))),
        scope.constant(array(standardDeviation)));
  }

  /**
   * Adds the normalization to a graph for those inputs that are images.
   *
   * @param inputs each {@code [batch, …]}; an image is {@code [batch, height, width, channels]}
   * @return the inputs, with the images normalized
   */
  public List<Operand<TFloat32>> applyToImages(Ops tf, List<? extends Operand<TFloat32>> inputs) {
    return inputs.stream()
        .<Operand<TFloat32>>map(input -> isImage(input.shape().tail()) ? apply(tf, input) : input)
        .toList();
  }

  /** Returns whether this is {@code [height, width, channels]}. */
  static boolean isImage(Shape input) {
    return input.numDimensions() == 3;
  }

  private static float[] array(List<Double> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i).floatValue();
    }
    return array;
  }
}
