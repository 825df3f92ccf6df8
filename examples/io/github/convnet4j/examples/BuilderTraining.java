package io.github.convnet4j.examples;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;
import static io.github.convnet4j.train.FitOptions.epochs;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.examples.numpy.PythonFormat;
import io.github.convnet4j.examples.numpy.PythonRandom;
import io.github.convnet4j.examples.plot.Colormap;
import io.github.convnet4j.examples.plot.Figure;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.FitOptions.LastBatch;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tensorflow.ndarray.NdArrays;

/** Trains a network of the lecture with a {@link Model}, and prints what the notebooks print. */
final class BuilderTraining {
  private BuilderTraining() {}

  static TrainingResult run(
      Console console,
      Network network,
      DataSets mnist,
      TrainingSettings settings,
      String figureName) {
    DataSet test = mnist.test();
    int r = PythonRandom.seed(settings.seed()).randint(0, test.size() - 1);
    try (Model<Prediction> model =
        Model.of(
            network,
            classification(),
            adam(settings.learningRate()),
            ModelOptions.seed(settings.seed()))) {
      console.print("Learning started. It takes sometime.");
      List<Float> stepCosts = new ArrayList<>();
      History history =
          model.fit(
              mnist.train(),
              epochs(settings.epochs())
                  .batchSize(settings.batchSize())
                  .lastBatch(LastBatch.CARRY_OVER) // as the notebooks' next_batch does
                  .shuffleSeed(settings.seed()),
              console.progressBar(),
              printing(console, stepCosts));
      console.print("Learning Finished!");

      Scores scores = model.evaluate(test);
      console.print("Accuracy:", (float) scores.accuracy());
      int prediction = model.predictPixels(test.image(r)).classIndex();
      console.print("Label: ", NdArrays.vectorOf((long) test.label(r)));
      console.print("Prediction: ", NdArrays.vectorOf((long) prediction));

      Figure figure = Figure.of(figureName);
      figure.imshow(test.imageFloats(r), test.height(), test.width(), Colormap.GREYS);
      console.plots().show(figure);
      return new TrainingResult(
          history.costs(),
          stepCosts,
          Math.toIntExact(scores.correct()),
          test.size(),
          test.label(r),
          prediction,
          network.parameters().stream().map(each -> model.weights(each.name())).toList());
    }
  }

  private static TrainingListener printing(Console console, List<Float> stepCosts) {
    return new TrainingListener() {
      @Override
      public void batchEnd(Training training, BatchResult result) {
        stepCosts.add((float) result.cost());
      }

      @Override
      public void epochEnd(Training training, EpochResult result) {
        console.print(
            "Epoch:",
            String.format(Locale.ROOT, "%04d", result.epoch()),
            "cost =",
            PythonFormat.nineDecimals(result.cost()));
      }
    };
  }
}
