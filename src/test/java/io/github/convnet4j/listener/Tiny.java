package io.github.convnet4j.listener;

import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.optimizer.Optimizers.adam;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.tensorflow.ndarray.Shape;

/** A few digits, and a small network with all kinds of state that soon overfits them. */
final class Tiny {
  private static final DataSets DIGITS = BundledDigits.read();
  static final DataSet TRAIN = DIGITS.train().subset(0, 60);
  static final DataSet VALIDATION = DIGITS.validation();
  static final Network NETWORK =
      Network.of(Shape.of(28, 28, 1), maxPool(4), flatten(), batchNorm(), dropout(0.2), dense(10));

  private Tiny() {}

  static Model<Prediction> model() {
    return Model.of(NETWORK, Tasks.classification(), adam(0.05), ModelOptions.seed(7));
  }

  static FitOptions epochs(int epochs) {
    return FitOptions.epochs(epochs).batchSize(25);
  }

  static FitOptions validated(int epochs) {
    return epochs(epochs).validateOn(VALIDATION);
  }

  static TrainingListener onBatch(BiConsumer<Training, BatchResult> action) {
    return new TrainingListener() {
      @Override
      public void batchEnd(Training training, BatchResult result) {
        action.accept(training, result);
      }
    };
  }

  static TrainingListener onSettled(Consumer<Training> action) {
    return new TrainingListener() {
      @Override
      public void settled(Training training) {
        action.accept(training);
      }
    };
  }

  static TrainingListener onEpoch(BiConsumer<Training, EpochResult> action) {
    return new TrainingListener() {
      @Override
      public void epochEnd(Training training, EpochResult result) {
        action.accept(training, result);
      }
    };
  }
}
