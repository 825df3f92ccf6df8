package io.github.convnet4j.tensorboard;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Training;
import java.util.List;
import java.util.Optional;

/** Writes one call of {@code fit} to its event files. */
final class TrainingLog implements AutoCloseable {
  private static final String BATCH_COST = "batch/cost";
  private static final String EPOCH = "epoch/";
  private static final String LOSS = EPOCH + "loss";
  private static final String LEARNING_RATE = EPOCH + "learning_rate";
  private static final String SPEED = EPOCH + "examples_per_second";
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

  /** Creates the files, and logs the weights if the model is not trained yet. */
  static TrainingLog start(TensorBoardListener.Settings settings, Training training) {
    TrainingLog log =
        new TrainingLog(
            settings,
            EventFile.in(settings.folder().resolve("train")),
            training
                .options()
                .validation()
                .map(examples -> EventFile.in(settings.folder().resolve("validation"))));
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
        LOSS,
        "Mean over the examples, each before the step of its batch, including the penalty on"
            + " weights.");
    train.describe(LEARNING_RATE, "The learning rate of the last step of the epoch.");
    train.describe(SPEED, "From the end of the first step of the epoch to the end of its last.");
    validation.ifPresent(
        file -> {
          file.describe(
              LOSS, "Mean loss of the validation examples, without the penalty on weights.");
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
    train.scalar(LOSS, epoch, result.cost());
    result.metrics().forEach((name, value) -> train.scalar(EPOCH + name, epoch, value));
    train.scalar(LEARNING_RATE, epoch, training.learningRate());
    speed.examplesPerSecond().ifPresent(value -> train.scalar(SPEED, epoch, value));
    weights(training.model(), epoch);
    train.flush();
    validation.ifPresent(
        file -> {
          Source examples = training.options().validation().orElseThrow();
          result.validation().ifPresent(r -> validated(file, training, examples, epoch, r));
        });
  }

  private void validated(
      EventFile file, Training training, Source examples, int epoch, Scores result) {
    file.scalar(LOSS, epoch, result.loss());
    result.values().forEach((name, value) -> file.scalar(EPOCH + name, epoch, value));
    if (settings.mistakes() > 0 && examples instanceof DataSet images) {
      MistakePicture.of(training.model(), images, settings.mistakes())
          .ifPresent(picture -> file.image(MISTAKES, epoch, picture));
    }
    file.flush();
  }

  private static List<String> trained(Model<?> model) {
    return model.hasNetwork()
        ? model.network().parameters().stream()
            .filter(Parameter::trainable)
            .map(Parameter::name)
            .toList()
        : model.weightNames();
  }

  private void weights(Model<?> model, int epoch) {
    if (settings.histograms()) {
      trained(model)
          .forEach(name -> train.histogram("weights/" + name, epoch, model.weights(name)));
    }
    if (settings.filters() && model.hasNetwork()) {
      FilterPicture.firstKernel(model.network())
          .ifPresent(
              kernel ->
                  train.image(
                      "filters/" + kernel.name(),
                      epoch,
                      FilterPicture.of(kernel, model.weights(kernel.name()))));
    }
  }

  @Override
  public void close() {
    train.close();
    validation.ifPresent(EventFile::close);
  }
}
