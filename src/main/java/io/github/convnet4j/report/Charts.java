package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.inspect.Embeddings;
import io.github.convnet4j.inspect.PrincipalComponents;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Charts as SVG, to embed in a page or to write to a file: {@code Files.writeString(file,
 * Charts.cost(history))}. Text and axes take the color of the text around them, or black in a file
 * of their own.
 */
public final class Charts {
  private static final String TRAINING = "#3d7fc4";
  private static final String VALIDATION = "#e0722a";

  private Charts() {}

  /**
   * Draws the cost of each epoch, and the validation cost if there is one.
   *
   * @throws IllegalStateException if no epoch was completed
   */
  public static String cost(History history) {
    return chart("Cost", history, EpochResult::cost, Scores::loss, 0, 0);
  }

  /**
   * Draws the accuracy of each epoch, and the validation accuracy if there is one.
   *
   * @throws IllegalStateException if no epoch was completed
   */
  public static String accuracy(History history) {
    return chart("Accuracy", history, EpochResult::accuracy, Scores::accuracy, 1, 1);
  }

  private static String chart(
      String what,
      History history,
      ToDoubleFunction<EpochResult> ofTraining,
      ToDoubleFunction<Scores> ofValidation,
      double low,
      double high) {
    EpochResult last = history.last();
    List<EpochResult> epochs = history.epochs();
    List<LineChart.Line> lines = new ArrayList<>();
    lines.add(
        new LineChart.Line(
            "training", TRAINING, false, epochs.stream().map(ofTraining::applyAsDouble).toList()));
    String label =
        String.format(
            Locale.ROOT,
            "%s by epoch. After epoch %d: training %s",
            what,
            last.epoch(),
            Html.number("%.4f", ofTraining.applyAsDouble(last)));
    if (epochs.stream().anyMatch(epoch -> epoch.validation().isPresent())) {
      lines.add(
          new LineChart.Line(
              "validation",
              VALIDATION,
              true,
              epochs.stream()
                  .map(e -> e.validation().map(ofValidation::applyAsDouble).orElse(Double.NaN))
                  .toList()));
      label +=
          last.validation()
              .map(v -> ", validation " + Html.number("%.4f", ofValidation.applyAsDouble(v)))
              .orElse("");
    }
    return LineChart.svg(label, epochs.stream().map(EpochResult::epoch).toList(), lines, low, high);
  }

  /**
   * Draws the network's embeddings of images, in the plane in which they vary most.
   *
   * @param plane the embeddings' principal components, at least two
   * @param classNames one for each class
   */
  public static String embeddings(
      Embeddings embeddings, PrincipalComponents plane, List<String> classNames) {
    if (plane.components() < 2 || plane.rows() != embeddings.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "plane must have at least 2 components and the embeddings' %d rows: %d and %d",
              embeddings.size(),
              plane.components(),
              plane.rows()));
    }
    return ScatterChart.svg(
        String.format(Locale.ROOT, "%d images as points, colored by class", embeddings.size()),
        embeddings,
        plane,
        classNames);
  }
}
