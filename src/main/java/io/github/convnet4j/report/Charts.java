package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.inspect.Embeddings;
import io.github.convnet4j.inspect.PrincipalComponents;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.History;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Charts as SVG, to embed in a page or to write to a file: {@code Files.writeString(file,
 * Charts.cost(history))}. Text and axes take the color of the text around them, or black in a file
 * of their own.
 */
public final class Charts {
  /** Of the lines of {@link #compare}; every second one is also dashed. */
  private static final List<String> COLOURS =
      List.of("#3d7fc4", "#e0722a", "#3f9b52", "#9456b0", "#b5872a", "#c2486a");

  private Charts() {}

  /** Where one of a chart's lines comes from. */
  private enum Part {
    TRAINING("training", "#3d7fc4"),
    VALIDATION("validation", "#e0722a");

    private final String lowerCase;
    private final String colour;

    Part(String lowerCase, String colour) {
      this.lowerCase = lowerCase;
      this.colour = colour;
    }
  }

  /**
   * Draws the cost of each epoch, and the validation cost if there is one.
   *
   * @throws IllegalStateException if no epoch was completed
   */
  public static String cost(History history) {
    return chart(
        "Cost",
        history,
        epoch -> Optional.of(epoch.cost()),
        epoch -> epoch.validation().map(Scores::loss),
        0);
  }

  /**
   * Draws the accuracy of each epoch, and the validation accuracy if there is one.
   *
   * @throws IllegalStateException if no epoch was completed
   * @throws IllegalArgumentException if the accuracy was not computed
   */
  public static String accuracy(History history) {
    return metric(history, "accuracy");
  }

  /**
   * Draws a metric of each epoch: for the training examples, the validation examples, or both. The
   * axis includes 0 for an error, and 1 for an accuracy.
   *
   * @param name the name of the metric, for example {@code "mean_iou"}
   * @throws IllegalStateException if no epoch was completed
   * @throws IllegalArgumentException if no epoch has a metric of that name
   */
  public static String metric(History history, String name) {
    history.last();
    if (!metrics(history).contains(name)) {
      throw new IllegalArgumentException(
          "name must be one of the history's metrics %s: %s".formatted(metrics(history), name));
    }
    return chart(
        title(name),
        history,
        epoch -> Optional.ofNullable(epoch.metrics().get(name)),
        epoch -> epoch.validation().map(scores -> scores.values().get(name)),
        anchors(name));
  }

  /**
   * Draws numbers by epoch of several training runs, a line for each.
   *
   * @param what what the numbers are, for example {@code "Test accuracy"}
   * @param epochs the numbers of the epochs, ascending
   * @param lines one number for each of these epochs, by the name of the run; the line has a gap
   *     where one is not finite. Up to six runs
   * @param anchors numbers that the axis includes in any case
   * @throws IllegalArgumentException if there are no epochs, no lines or too many lines, or a line
   *     does not have one number for each epoch
   */
  public static String compare(
      String what, List<Integer> epochs, Map<String, List<Double>> lines, double... anchors) {
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("epochs must contain at least one: []");
    }
    if (lines.isEmpty() || lines.size() > COLOURS.size()) {
      throw new IllegalArgumentException(
          "lines must be from 1 to %s: %s".formatted(COLOURS.size(), lines.keySet()));
    }
    List<LineChart.Line> drawn = new ArrayList<>();
    List<String> last = new ArrayList<>();
    lines.forEach(
        (name, values) -> {
          if (values.size() != epochs.size()) {
            throw new IllegalArgumentException(
                "lines must have %s numbers each, one for each epoch: %s has %s"
                    .formatted(epochs.size(), name, values.size()));
          }
          int i = drawn.size();
          drawn.add(new LineChart.Line(name, COLOURS.get(i), i % 2 == 1, values));
          last.add("%s %s".formatted(name, Html.number("%.4f", values.get(values.size() - 1))));
        });
    return LineChart.svg(
        "%s by epoch. After epoch %s: %s"
            .formatted(what, epochs.get(epochs.size() - 1), String.join(", ", last)),
        epochs,
        drawn,
        anchors);
  }

  /** Returns a metric's name in words that start with a capital letter. */
  static String title(String metric) {
    String words = ScoreFacts.words(metric);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Returns the numbers that the axis of a metric includes. */
  private static double[] anchors(String name) {
    if (Metrics.find(name).filter(metric -> !metric.higherIsBetter()).isPresent()) {
      return new double[] {0};
    }
    return name.endsWith("accuracy") ? new double[] {1} : new double[0];
  }

  /** Returns the names of the metrics of training and validation, in order. */
  static Set<String> metrics(History history) {
    Set<String> names = new LinkedHashSet<>();
    for (EpochResult epoch : history.epochs()) {
      names.addAll(epoch.metrics().keySet());
      epoch.validation().ifPresent(scores -> names.addAll(scores.values().keySet()));
    }
    return names;
  }

  private static String chart(
      String what,
      History history,
      Function<EpochResult, Optional<Double>> ofTraining,
      Function<EpochResult, Optional<Double>> ofValidation,
      double... anchors) {
    List<EpochResult> epochs = history.epochs();
    EpochResult last = history.last();
    List<LineChart.Line> lines = new ArrayList<>();
    List<String> latest = new ArrayList<>();
    for (Part part : Part.values()) {
      Function<EpochResult, Optional<Double>> values =
          part == Part.TRAINING ? ofTraining : ofValidation;
      if (epochs.stream().anyMatch(epoch -> values.apply(epoch).isPresent())) {
        lines.add(
            new LineChart.Line(
                part.lowerCase,
                part.colour,
                part == Part.VALIDATION,
                epochs.stream().map(epoch -> values.apply(epoch).orElse(Double.NaN)).toList()));
      }
      values
          .apply(last)
          .ifPresent(
              value -> latest.add("%s %s".formatted(part.lowerCase, Html.number("%.4f", value))));
    }
    String label =
        String.format(
            Locale.ROOT,
            "%s by epoch. After epoch %d: %s",
            what,
            last.epoch(),
            String.join(", ", latest));
    return LineChart.svg(label, epochs.stream().map(EpochResult::epoch).toList(), lines, anchors);
  }

  /**
   * Draws predicted numbers against their targets. Pairs that are not finite are left out.
   *
   * @param name what the numbers are
   * @param targets one for each example
   * @param predictions one for each example
   */
  public static String predictions(String name, float[] targets, float[] predictions) {
    if (targets.length != predictions.length) {
      throw new IllegalArgumentException(
          "targets and predictions must have the same length: %s and %s"
              .formatted(targets.length, predictions.length));
    }
    return PredictionChart.svg(name, targets, predictions, Part.TRAINING.colour);
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
