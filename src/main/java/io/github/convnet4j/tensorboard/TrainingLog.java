package io.github.convnet4j.tensorboard;

import io.github.convnet4j.train.Model;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.layer.Parameter;
import java.util.Optional;

/** Writes one call of {@code fit} to its event files. */
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

  /** Creates the files, and logs the weights if the classifier is not trained yet. */
  static TrainingLog start(TensorBoardListener.Settings settings, Training training) {
    TrainingLog log =
        new TrainingLog(
            settings,
            EventFile.in(settings.folder().resolve("train")),
            training
                .options()
                .validation()
                .map(images -> EventFile.in(settings.folder().resolve("validation"))));
    log.describe();
    if (training.model().stepsTrained() == 0) {
      log.weights(training.model(), 0);
      log.train.flush();
    }
    return log;
  }

  private void describe() {
    train.describe(
        BATCH_COST,
        "Mean over the batch before its training step, including the penalty on weights.");
    train.describe(
        COST,
        "Mean over the images, each before the step of its batch, including the penalty on"
            + " weights.");
    train.describe(
        ACCURACY,
        "Share of correctly classified images, each before the step of its batch, with dropout"
            + " on.");
    train.describe(LEARNING_RATE, "The learning rate of the last step of the epoch.");
    train.describe(SPEED, "From the end of the first step of the epoch to the end of its last.");
    validation.ifPresent(
        file -> {
          file.describe(
              COST, "Mean loss of the validation images, without the penalty on weights.");
          file.describe(ACCURACY, "Share of correctly classified validation images.");
          file.describe(
              MISTAKES, "The first misclassified validation images, with label and prediction.");
        });
  }

  void batch(Training training, BatchResult result) {
    speed.stepEnded(result);
    long step = training.model().stepsTrained();
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
    weights(training.model(), epoch);
    train.flush();
    validation.ifPresent(
        file -> {
          DataSet images = training.options().validation().orElseThrow();
          result.validation().ifPresent(r -> validated(file, training, images, epoch, r));
        });
  }

  private void validated(
      EventFile file, Training training, DataSet images, int epoch, Scores result) {
    file.scalar(COST, epoch, result.loss());
    file.scalar(ACCURACY, epoch, result.accuracy());
    if (settings.mistakes() > 0 && result.correct() < result.total()) {
      MistakePicture.of(training.model(), images, settings.mistakes())
          .ifPresent(picture -> file.image(MISTAKES, epoch, picture));
    }
    file.flush();
  }

  private void weights(Model<Prediction> classifier, int epoch) {
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
