package io.github.convnet4j.listener;

import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.optimizer.Optimizers.adam;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.schedule.Schedules;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.TrainingListener;

/** A training run with everything that must be saved to resume it. */
final class WholeTraining {
  static final DataSet IMAGES = BundledDigits.read().train().subset(0, 120);

  /** 90 training images, in four batches of at most 25 per epoch. */
  static final FitOptions OPTIONS = upTo(20);

  private WholeTraining() {}

  static Model<Prediction> model() {
    return Model.of(
        Tiny.NETWORK,
        Tasks.classification().loss(Losses.softmaxCrossEntropy().labelSmoothing(0.1)),
        adam(0.05).clipByGlobalNorm(2),
        ModelOptions.seed(7));
  }

  static FitOptions upTo(int epochs) {
    return FitOptions.upTo(epochs)
        .batchSize(25)
        .validationShare(0.25)
        .shuffleSeed(-3)
        .learningRate(Schedules.cosine(0.06).warmUp(1.5))
        .augment(Augmentation.of(shift(0.1), noise(0.05)));
  }

  /** Returns the listeners that have a state, after another one. */
  static TrainingListener[] listeners(TrainingListener first, int patience) {
    return new TrainingListener[] {
      first,
      EarlyStopping.on("val_accuracy", patience),
      ReduceOnPlateau.on("val_loss", 1).factor(0.5)
    };
  }
}
