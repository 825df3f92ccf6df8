package io.github.convnet4j.examples;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.reshape;
import static io.github.convnet4j.layer.Layers.sigmoid;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.reconstruction;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.examples.plot.Colormap;
import io.github.convnet4j.examples.plot.Figure;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.util.Locale;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** An autoencoder: it describes the image of a digit by a few numbers, and draws it from them. */
@Command(name = "Autoencoder", description = "an autoencoder: the image of a digit in 8 numbers")
public final class Autoencoder extends Example {
  private static final int NUMBERS = 8;
  private static final int SHOWN = 6;
  private static final TrainingSettings DEFAULTS = new TrainingSettings(20, 50, 0.002, 1, 777);

  @Mixin private TrainingOptions training = new TrainingOptions(DEFAULTS);

  /** The mean squared errors of the test images' pixels, which are from 0 to 1. */
  record Errors(double reconstructions, double meanImage) {}

  public static void main(String[] args) {
    new Autoencoder().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    return () -> run(console, settings);
  }

  /** Trains, tests, and draws some test images and their reconstructions. */
  static Errors run(Console console, TrainingSettings settings) {
    DataSets digits = BundledDigits.read();
    Network network = network();
    console.print(network.summary());
    try (Model<float[]> model =
        Model.of(
            network,
            reconstruction(),
            adam(settings.learningRate()),
            ModelOptions.seed(settings.seed()))) {
      model.fit(
          digits.train().withInputsAsTargets(),
          epochs(settings.epochs()).batchSize(settings.batchSize()),
          console.progressBar());
      // The loss is the mean squared error.
      double error = model.evaluate(digits.test().withInputsAsTargets()).loss();
      double ofMean = errorOfMeanImage(digits);
      console.print(String.format(Locale.ROOT, "Error of the reconstructions: %.4f", error));
      console.print(String.format(Locale.ROOT, "Error of the mean image: %.4f", ofMean));
      draw(console, model, digits.test());
      return new Errors(error, ofMean);
    }
  }

  static Network network() {
    return Network.of(
        Shape.of(28, 28, 1),
        conv2d(16, 3).stride(2).activation(relu()), // [14, 14, 16]
        conv2d(32, 3).stride(2).activation(relu()), // [7, 7, 32]
        flatten(),
        dense(NUMBERS).name("code"), // [8]
        dense(7 * 7 * 32).activation(relu()),
        reshape(7, 7, 32),
        conv2dTranspose(16, 3).stride(2).activation(relu()), // [14, 14, 16]
        conv2dTranspose(1, 3).stride(2), // [28, 28, 1]
        sigmoid());
  }

  /** Returns the error of whoever draws the mean of the training images for each test image. */
  private static double errorOfMeanImage(DataSets digits) {
    int pixels = digits.train().pixelsPerImage();
    double[] mean = new double[pixels];
    for (int i = 0; i < digits.train().size(); i++) {
      float[] image = digits.train().imageFloats(i);
      for (int pixel = 0; pixel < pixels; pixel++) {
        mean[pixel] += image[pixel] / digits.train().size();
      }
    }
    double sum = 0;
    for (int i = 0; i < digits.test().size(); i++) {
      float[] image = digits.test().imageFloats(i);
      for (int pixel = 0; pixel < pixels; pixel++) {
        sum += (image[pixel] - mean[pixel]) * (image[pixel] - mean[pixel]);
      }
    }
    return sum / digits.test().size() / pixels;
  }

  /** Draws images in the first and third row, and their reconstructions below. */
  private static void draw(Console console, Model<float[]> model, DataSet test) {
    Figure figure = Figure.of("autoencoder");
    Colormap ink = Colormap.GREYS.range(0, 1);
    for (int i = 0; i < 2 * SHOWN; i++) {
      float[] image = test.imageFloats(i);
      int below = i / SHOWN * 2 * SHOWN + i % SHOWN + 1;
      figure.subplot(4, SHOWN, below).imshow(image, 28, 28, ink);
      figure.subplot(4, SHOWN, below + SHOWN).imshow(model.predict(image), 28, 28, ink);
    }
    console.plots().show(figure);
  }
}
