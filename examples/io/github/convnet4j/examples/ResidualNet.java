package io.github.convnet4j.examples;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.layer.Residual;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A residual network with batch normalization, in ten lines of the model builder. */
@Command(name = "ResidualNet", description = "a residual net with batch norm in ten lines")
public final class ResidualNet extends Example {
  private static final TrainingSettings DEFAULTS = new TrainingSettings(5, 100, 0.001, 1, 777);

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingOptions training = new TrainingOptions(DEFAULTS);

  public static void main(String[] args) {
    new ResidualNet().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    DataSets images = data.read(console);
    return () -> train(console, images, settings);
  }

  /** The network: the second block's shortcut is a projection, since its shapes differ. */
  static Network network(DataSet images) {
    return Network.of(
        Shape.of(images.height(), images.width(), images.channels()), // [28, 28, 1]
        conv2d(16, 3).withoutBias(),
        batchNorm(),
        relu(),
        maxPool(2), // -> [14, 14, 16]
        block(16, 1), // -> [14, 14, 16]
        block(32, 2), // -> [7, 7, 32]
        flatten(), // -> [1568]
        dense(images.classes())); // -> [10]
  }

  private static Residual block(int filters, int stride) {
    return residual(
        conv2d(filters, 3).stride(stride).withoutBias(),
        batchNorm(),
        relu(),
        conv2d(filters, 3).withoutBias(),
        batchNorm());
  }

  /** Trains and tests; prints the summary, each epoch and its time, and the result of the test. */
  public static Scores train(Console console, DataSets images, TrainingSettings settings) {
    Network network = network(images.train());
    console.print(network.summary());
    try (Model<Prediction> model =
        Model.of(
            network,
            classification(),
            adam(settings.learningRate()),
            ModelOptions.seed(settings.seed()))) {
      model.fit(
          images.train(),
          epochs(settings.epochs()).batchSize(settings.batchSize()).validateOn(images.validation()),
          console.progressBar(),
          new Stopwatch(console));
      Scores scores = model.evaluate(images.test());
      console.print("Test: " + scores);
      return scores;
    }
  }
}
