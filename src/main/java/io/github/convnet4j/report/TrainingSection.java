package io.github.convnet4j.report;

import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The training curves, and a table of the epochs. */
final class TrainingSection {
  private TrainingSection() {}

  /**
   * Returns the section, or empty if no epoch was completed.
   *
   * @param classified what the accuracy counts, in the plural
   */
  static Optional<Section> of(History history, int epochsTrained, String classified) {
    if (history.epochs().isEmpty()) {
      return Optional.empty();
    }
    Set<String> metrics = Charts.metrics(history);
    StringBuilder html = new StringBuilder("<div class=\"charts\">\n");
    html.append(Html.figure(Charts.cost(history), "<b>Cost</b>: lower is better."));
    metrics.forEach(
        name -> html.append(Html.figure(Charts.metric(history, name), caption(name, classified))));
    html.append("</div>\n")
        .append(best(history, epochsTrained))
        .append("<details>\n<summary>All epochs as a table</summary>\n")
        .append(table(history, metrics))
        .append("</details>\n");
    return Optional.of(new Section("training", "Training", html.toString()));
  }

  private static String caption(String metric, String classified) {
    if (metric.equals("accuracy")) {
      return ("<b>Accuracy</b>: the share of correctly classified %s. Training accuracy can"
              + " be lower than validation accuracy: it is measured with dropout on, while"
              + " the weights still change.")
          .formatted(classified);
    }
    String direction =
        Metrics.find(metric)
            .map(known -> known.higherIsBetter() ? ": higher is better." : ": lower is better.")
            .orElse("");
    return "<b>%s</b>%s".formatted(Html.text(Charts.title(metric)), direction);
  }

  private static String best(History history, int epochsTrained) {
    String shown =
        epochsTrained == history.last().epoch()
            ? ""
            : String.format(
                Locale.ROOT, " This page shows the network after epoch %d.", epochsTrained);
    return history.epochs().stream()
        .filter(epoch -> epoch.validation().filter(v -> Double.isFinite(v.loss())).isPresent())
        .min(Comparator.comparingDouble(epoch -> epoch.validation().orElseThrow().loss()))
        .map(
            epoch ->
                Html.paragraph(
                    Html.text(
                        String.format(
                                Locale.ROOT,
                                "The validation cost was lowest after epoch %d: %s.",
                                epoch.epoch(),
                                Html.number("%.4f", epoch.validation().orElseThrow().loss()))
                            + shown)))
        .orElse("");
  }

  private static String table(History history, Set<String> metrics) {
    List<String> head = new ArrayList<>(List.of("epoch", "cost"));
    metrics.forEach(name -> head.add(ScoreFacts.words(name)));
    head.add("validation cost");
    metrics.forEach(name -> head.add("validation " + ScoreFacts.words(name)));
    List<List<String>> rows = new ArrayList<>();
    for (EpochResult epoch : history.epochs()) {
      Optional<Scores> validation = epoch.validation();
      List<String> row = new ArrayList<>();
      row.add(String.valueOf(epoch.epoch()));
      row.add(Html.number("%.6f", epoch.cost()));
      metrics.forEach(
          name -> row.add(cell(Optional.ofNullable(epoch.metrics().get(name)), "%.4f")));
      row.add(cell(validation.map(Scores::loss), "%.6f"));
      metrics.forEach(
          name -> row.add(cell(validation.map(scores -> scores.values().get(name)), "%.4f")));
      rows.add(row);
    }
    return Html.table("Epochs", head, rows);
  }

  private static String cell(Optional<Double> value, String format) {
    return value.map(number -> Html.number(format, number)).orElse("\u2013");
  }
}
