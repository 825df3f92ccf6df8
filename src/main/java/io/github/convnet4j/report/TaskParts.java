package io.github.convnet4j.report;

import io.github.convnet4j.inspect.Sample;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.MultiLabel;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Regression;
import io.github.convnet4j.task.Segmentation;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.train.Model;
import org.tensorflow.ndarray.Shape;

/** Chooses what a page shows by the task of its model. */
final class TaskParts {
  private TaskParts() {}

  /** Evaluates a model with one input and one output. */
  static TaskPart of(Model<?> model, TestExamples test, ReportSettings settings) {
    Task<?> task = model.tasks().get(0).task();
    Shape output = model.network().output();
    Sample sample = Sample.atMost(settings.testImages, test.source());
    if (model.predictionType() == Prediction.class && !model.classNames().isEmpty()) {
      return ClassificationPart.of(typed(model, Prediction.class), test, sample, settings);
    }
    if (task instanceof MultiLabel multiLabel) {
      return MultiLabelPart.of(
          typed(model, LabelPrediction.class),
          multiLabel.labelNames(output),
          test,
          sample,
          settings.mistakes);
    }
    if (task instanceof Regression regression) {
      return RegressionPart.of(
          typed(model, float[].class),
          regression.targetNames(output),
          test,
          sample,
          settings.mistakes);
    }
    if (task instanceof Segmentation) {
      return SegmentationPart.of(
          typed(model, SegmentedImage.class), test, sample, settings.mistakes);
    }
    return OtherPart.of(model, test, sample);
  }

  @SuppressWarnings("unchecked") // The type is compared.
  private static <P> Model<P> typed(Model<?> model, Class<P> type) {
    if (model.predictionType() != type) {
      throw new IllegalStateException(
          "predictions must be of type %s: %s".formatted(type, model.predictionType()));
    }
    return (Model<P>) model;
  }
}
