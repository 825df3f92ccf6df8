package io.github.convnet4j.listener;

import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.optimizer.Optimizers.adam;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.ClassifierOptions;
import io.github.convnet4j.classifier.FitOptions;
import io.github.convnet4j.classifier.TrainingListener;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.schedule.Schedules;

/** A training run with everything that must be saved to resume it. */
final class WholeTraining {
  static final DataSet IMAGES = DataSets.digits().train().subset(0, 120);

  /** 90 training images, in four batches of at most 25 per epoch. */
  static final FitOptions OPTIONS = upTo(20);

  private WholeTraining() {}

  static Classifier classifier() {
    return Classifier.of(
        Tiny.NETWORK,
        adam(0.05).clipByGlobalNorm(2),
        ClassifierOptions.defaults()
            .seed(7)
            .loss(Losses.softmaxCrossEntropy().labelSmoothing(0.1)));
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
      EarlyStopping.on(Monitor.VALIDATION_ACCURACY, patience),
      ReduceOnPlateau.on(Monitor.VALIDATION_COST, 1).factor(0.5)
    };
  }
}
