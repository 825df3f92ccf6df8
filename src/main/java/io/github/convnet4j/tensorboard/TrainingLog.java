package io.github.convnet4j.tensorboard;

import io.github.convnet4j.classifier.BatchResult;
import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.classifier.EpochResult;
import io.github.convnet4j.classifier.Training;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.evaluate.Evaluation;
import io.github.convnet4j.layer.Parameter;
import java.util.Optional;

/** One call of {@code fit}, written to its event files. */
final class TrainingLog implements AutoCloseable {
  private static final String BATCH_COST = "batch/cost";
  private static final String COST = "epoch/cost";
  private static final String ACCURACY = "epoch/accuracy";
  private static final String LEARNING_RATE = "epoch/learning_rate";
  private static final String SPEED = "epoch/images_per_second";
  private static final String MISTAKES = "mistakes";

  private final TensorBoardListener.Settings settings;
  private final EventFile train;
  private final Optional<EventFile> validation;
  private final EpochSpeed speed = new EpochSpeed();

  private TrainingLog(
      TensorBoardListener.Settings settings, EventFile train, Optional<EventFile> validation) {
    this.settings = settings;
    this.train = train;
    this.validation = validation;
  }

  /** Begins the files, and shows the weights if they are those before any training. */
  static TrainingLog begin(TensorBoardListener.Settings settings, Training training) {
    TrainingLog log =
        new TrainingLog(
            settings,
            EventFile.in(settings.folder().resolve("train")),
            training
                .options()
                .validation()
                .map(images -> EventFile.in(settings.folder().resolve("validation"))));
    log.describe();
    if (training.classifier().stepsTrained() == 0) {
      log.weights(training.classifier(), 0);
      log.train.flush();
    }
    return log;
  }

  private void describe() {
    train.describe(
        BATCH_COST,
        "Mean over the batch, before its training step, which is counted; penalty included.");
    train.describe(
        COST, "Mean over the images, each before its batch's step, penalty on weights included.");
    train.describe(ACCURACY, "Share told rightly, each image before its batch's step, dropout on.");
    train.describe(LEARNING_RATE, "That of the epoch's last step.");
    train.describe(SPEED, "From the end of the epoch's first step to the end of its last.");
    validation.ifPresent(
        file -> {
          file.describe(COST, "Mean loss of the validation images, without penalty on weights.");
          file.describe(ACCURACY, "Share of the validation images told rightly.");
          file.describe(MISTAKES, "The first validation images told wrongly: label, prediction.");
        });
  }

  void batch(Training training, BatchResult result) {
    speed.stepEnded(result);
    long step = training.classifier().stepsTrained();
    if (settings.batchCostEvery() > 0 && step % settings.batchCostEvery() == 0) {
      train.scalar(BATCH_COST, step, result.cost());
      train.flush();
    }
  }

  void epoch(Training training, EpochResult result) {
    int epoch = result.epoch();
    train.scalar(COST, epoch, result.cost());
    train.scalar(ACCURACY, epoch, result.accuracy());
    train.scalar(LEARNING_RATE, epoch, training.learningRate());
    speed.imagesPerSecond().ifPresent(value -> train.scalar(SPEED, epoch, value));
    weights(training.classifier(), epoch);
    train.flush();
    validation.ifPresent(
        file -> {
          DataSet images = training.options().validation().orElseThrow();
          result.validation().ifPresent(r -> validated(file, training, images, epoch, r));
        });
  }

  private void validated(
      EventFile file, Training training, DataSet images, int epoch, Evaluation result) {
    file.scalar(COST, epoch, result.loss());
    file.scalar(ACCURACY, epoch, result.accuracy());
    if (settings.mistakes() > 0 && result.correct() < result.total()) {
      MistakePicture.of(training.classifier(), images, settings.mistakes())
          .ifPresent(picture -> file.image(MISTAKES, epoch, picture));
    }
    file.flush();
  }

  private void weights(Classifier classifier, int epoch) {
    if (settings.histograms()) {
      classifier.network().parameters().stream()
          .filter(Parameter::trainable)
          .map(Parameter::name)
          .forEach(name -> train.histogram("weights/" + name, epoch, classifier.weights(name)));
    }
    if (settings.filters()) {
      FilterPicture.firstKernel(classifier.network())
          .ifPresent(
              kernel ->
                  train.image(
                      "filters/" + kernel.name(),
                      epoch,
                      FilterPicture.of(kernel, classifier.weights(kernel.name()))));
    }
  }

  @Override
  public void close() {
    train.close();
    validation.ifPresent(EventFile::close);
  }
}
